import type { Release } from './release.ts';

/** Lines of a shell script that install Labproof from its tarball in the folder of the script, and from nowhere else. */
export function installScript(release: Release): string {
  const { name } = release;
  const check =
    release.kind === 'absent'
      ? ''
      : `echo "${release.sha256}  ${name}" | sha256sum --check --quiet\n`;
  const fetch =
    release.kind === 'url' ? `curl -fsSL --proto '=https' -o "${name}" '${release.url}'\n` : '';
  const wanted =
    release.kind === 'absent'
      ? `if [ ! -f "${name}" ]; then
  echo "${name} is missing. Put the tarball that 'npm run release' writes beside setup.sh, or pack again with --release." >&2
  exit 1
fi
`
      : '';
  return `# Labproof comes from this tarball. Never install it by its name: on npm that name may be a stranger's.
${fetch}${wanted}${check}npm install --global "./${name}"
`;
}

/** How a student installs Labproof from a student edition, in Markdown. */
export function installReadme(release: Release): string {
  const { name } = release;
  const before =
    release.kind === 'url'
      ? `\`\`\`\ncurl -fL -o ${name} '${release.url}'\n\`\`\`\n\n`
      : release.kind === 'absent'
        ? `Your instructor gives you the file \`${name}\`; put it beside this README.\n\n`
        : '';
  const digest =
    release.kind === 'absent'
      ? ''
      : `\nThe SHA-256 of \`${name}\` is \`${release.sha256}\` (\`SHA256SUMS\`).`;
  return `You need [Node.js](https://nodejs.org) 20.19 or newer. Once, in this folder:

${before}\`\`\`
npm install --prefix labproof ./${name}
\`\`\`

Take Labproof from this file, and never from npm by its name, which may be a stranger's.${digest}
`;
}

/** `SHA256SUMS` of what has to be installed; `null` where nobody knows yet. */
export function sumsOf(release: Release): string | null {
  return release.kind === 'absent' ? null : `${release.sha256}  ${release.name}\n`;
}
