// How many SMS segments a text takes (GSM 03.38; 160/153 septets or 70/67 UTF-16 units).

const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const EXTENDED = new Set("^{}\\[~]|€\f");

/** `{characters, segments, unicode}`; `unicode` is true where one letter takes the whole text out of the short alphabet. */
export function measure(text) {
  const letters = [...text];
  const unicode = letters.some((letter) => !BASIC.has(letter) && !EXTENDED.has(letter));
  const size = unicode ? text.length : letters.reduce((sum, letter) => sum + (EXTENDED.has(letter) ? 2 : 1), 0);
  const [one, each] = unicode ? [70, 67] : [160, 153];
  const segments = size === 0 ? 0 : size <= one ? 1 : Math.ceil(size / each);
  return { characters: letters.length, segments, unicode };
}
