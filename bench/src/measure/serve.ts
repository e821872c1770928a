import { createInterface } from 'node:readline';

/** What a side does when it is asked for something, by the name of the request. */
export type Answers = Readonly<Record<string, (parameters: never) => unknown>>;

/** The TypeScript end of `SideProcess`: answers requests, one JSON line each, until there are no more. */
export async function serve(answers: Answers): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { request, ...parameters } = JSON.parse(line) as { request: string };
    const answer = answers[request];
    if (answer === undefined) throw new Error(`this side has no answer to "${request}"`);
    process.stdout.write(`${JSON.stringify(await answer(parameters as never))}\n`);
  }
}
