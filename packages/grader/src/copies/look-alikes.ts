import { withoutInvisible } from '@labproof/submission';

/**
 * Letters and digits of other scripts that look like a Latin letter, by that letter, after compatibility decomposition and in
 * lower case. From Unicode's confusables.txt (UTS 39, version 15.1, https://www.unicode.org/Public/security/15.1.0/), as far
 * as one character stands for one; capitals are listed under their lower case. Copyright Unicode, Inc., under the Unicode
 * License v3.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'ɑαаᗅꓮꭺ𐊠𖽀',
  b: 'ƅβвьᏼᑲᖯᗷꓐꞵꮟ𐊂𐊡𐌁',
  c: 'ςсᴄⲥꓚꮯ𐊢𐌂𐐽𐔜𑣩𑣲',
  d: 'ԁᑯᗞᗪꓒꓓꭰꮷ',
  e: 'εеҽⴹꓰꬲꭼ𐊆𑣎',
  f: 'ϝքᖴẝꓝꞙꬵ𐊇𐊥𐔥𑣂',
  g: 'ƍɡԍցᏻᶃꓖꮐ',
  h: 'ηнһհᕼⲏꓧꮋꮒ𐋏',
  i: 'ıɩɪιіӏꙇꭵ𑣃',
  j: 'ʝϳјᒍꓙꭻ',
  k: 'κкᛕⲕꓗꮶ𐔘',
  l: 'ǀ۱ᒪᛁⲓⳑⵏꓡꓲꮮ𐊊𐌉𐌠𐑃𐔦𑣒𖼖𖼨',
  m: 'μϻмᗰᛖⲙꓟꮇ𐊰𐌑',
  n: 'ոռⲛꓠ𐔓',
  o: 'οσоօ۵०০੦૦ଠ୦௦౦೦ഠ൦๐໐ဝ၀ჿዐᴏᴑⲟⵔ〇ꓳꬽ𐊒𐊫𐐬𐓪𐔖𑓐𑣈𑣗𑣠',
  p: 'ρрᑭⲣꓑꮲ𐊕',
  q: 'ԛգզⵕ',
  r: 'ʀгᖇᴦⲅꓣꭇꭈꭱꮁꮢ𐓜𖼵',
  s: 'ƽѕտꓢꜱꮥꮪ𐊖𐑈𑣁𖼺',
  t: 'τтⲧꓔꭲ𐊗𐊱𐌕𖼊',
  u: 'ʋυսሀᑌᴜꓴꞟꭎꭒ𐓶𑣘𖽂',
  v: 'νѵ۷ᐯᴠⴸꓦꛟꮩ𐔝𑜆𑣀𖼈',
  w: 'ɯѡԝաᴡꓪꮃꮤ𑜊𑜎𑜏𑣦𑣯',
  x: 'χхᕁᕽᚷⲭⵝꓫꭓ𐊐𐊴𐌗𐌢𐔧𑣬',
  y: 'ɣʏγуүყᶌỿⲩꓬꭚꭹꮍ𐊲𑣜𖽃',
  z: 'ζᴢꓜꮓ𐋵𑣄𑣉𑣥',
};

const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([letter, others]) =>
    [...others].map((other): [string, string] => [other, letter]),
  ),
);

/**
 * A text as it looks, in lower case: without accents and characters that show nothing, with letters of other scripts that
 * look like Latin ones as those, and `0` and `1` inside of words as `o` and `l`. Two texts that look the same become the same.
 */
export function asItLooks(text: string): string {
  const plain = withoutInvisible(text).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  let looks = '';
  for (const character of plain) looks += LATIN.get(character) ?? character;
  return looks.replaceAll(/(?<=\p{L})[01]|[01](?=\p{L})/gu, (digit) => (digit === '0' ? 'o' : 'l'));
}
