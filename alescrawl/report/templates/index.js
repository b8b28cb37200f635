// The search in titles, leads and texts. Of texts the page has which words they have, and hashes of those side by side.
let textIndex = null;
let indexReady = null;
let foldedTexts = null;

const folded = (text) => text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFKD").replace(/\p{M}/gu, "");
const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// What is searched is prepared when first needed, or when there is nothing else to do.
function prepareSearch() {
  indexReady ??= readIndex();
  return indexReady;
}

async function readIndex() {
  const found = await unpacked("packed-index");
  let before = "";
  found.words = found.words ? found.words.split("\n").map((coded) => (before = before.slice(0, coded.charCodeAt(0) - 64) + coded.slice(1))) : [];
  found.stop = new Set(found.stop);
  const summed = (steps) => { let at = 0; return steps.map((step) => (at += step)); };
  found.posting_starts = summed(found.posting_starts);
  found.pair_starts = summed(found.pair_starts);
  found.postings = bytesOf("packed-postings");
  found.pairs = bytesOf("packed-pairs");
  textIndex = found;
  foldTexts();
  describeSearch();
}

function foldTexts() {
  const { title, lead } = report.articles;
  foldedTexts ??= title.map((text, row) => ` ${wordsOf(`${text}\n${lead[row]}`).join(" ")} `);
  return foldedTexts;
}

class Bits {
  constructor(bytes, at) { this.bytes = bytes; this.at = at; }
  bit() { const at = this.at++; return (this.bytes[at >> 3] >> (7 - (at & 7))) & 1; }
  rice(width) {
    let value = 0;
    while (this.bit()) value += 1;
    for (let n = 0; n < width; n += 1) value = value * 2 + this.bit();
    return value;
  }
}

const riceWidth = (size, count) => {
  const ratio = Math.floor((69 * size) / (100 * count));
  return ratio ? 31 - Math.clz32(ratio) : 0;
};

function* posting(word) {
  const { counts, size, postings, posting_starts: starts } = textIndex;
  const bits = new Bits(postings, starts[word >> 6]);
  for (let other = word & ~63; other < word; other += 1)
    for (let n = counts[other], width = riceWidth(size, counts[other]); n > 0; n -= 1) bits.rice(width);
  const width = riceWidth(size, counts[word]);
  for (let n = 0, row = 0; n < counts[word]; n += 1) yield (row += bits.rice(width));
}

function firstWordFrom(sought) {
  const { words } = textIndex;
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle] < sought) low = middle + 1; else high = middle;
  }
  return low;
}

// Positions of the words that are, or begin with, what is sought.
function matching(sought, isOpen) {
  const { words } = textIndex;
  const first = firstWordFrom(sought);
  let last = first;
  while (last < words.length && (isOpen ? words[last].startsWith(sought) : words[last] === sought)) last += 1;
  return Array.from({ length: last - first }, (_, n) => first + n);
}

function pairHash(first, second) {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function pairsOf(row) {
  const { pair_counts: counts, pairs, pair_starts: starts, pair_bits: width } = textIndex;
  const bits = new Bits(pairs, starts[row >> 6]);
  const found = new Set();
  for (let other = row & ~63; other <= row; other += 1)
    for (let n = 0, value = 0; n < counts[other]; n += 1) {
      value += bits.rice(width - 1);
      if (other === row) found.add(value);
    }
  return found;
}

// Whether the words of a phrase stand side by side in the text: nearly sure, see docs/report.md.
function hasPhrase(row, positions) {
  const { pair_counts: counts, pair_bits: width } = textIndex;
  if (!width || positions.length < 2) return true;
  const pairs = pairsOf(row);
  const modulus = counts[row] * 2 ** width;
  return positions.slice(1).every((seconds, n) =>
    positions[n].some((first) => seconds.some((second) => pairs.has(pairHash(first, second) % modulus))));
}

// Flags of the rows that have a term: its words in a row, the last one perhaps only begun.
function rowsWith({ words, isOpen }) {
  const plain = ` ${words.join(" ")}${isOpen ? "" : " "}`;
  const flags = Uint8Array.from(foldTexts(), (text) => (text.includes(plain) ? 1 : 0));
  if (!textIndex) return flags;
  const kept = words.filter((word, n) => !textIndex.stop.has(word) || (isOpen && n === words.length - 1 && word.length > 1));
  if (!kept.length) return flags;
  const open = (n) => isOpen && n === kept.length - 1 && kept[n] === words.at(-1);
  const positions = kept.map((word, n) => matching(word, open(n)));
  const counts = new Uint8Array(report.articles.title.length);
  positions.forEach((those, n) => {
    for (const position of those) for (const row of posting(position)) if (counts[row] === n) counts[row] = n + 1;
  });
  for (let row = 0; row < textIndex.size; row += 1)
    if (!flags[row] && counts[row] === kept.length && hasPhrase(row, positions)) flags[row] = 1;
  return flags;
}

// « a "b c" -d OU e* »: alternatives, each of terms that are wanted and terms that are not.
function parsedQuery(text) {
  const plain = text.replace(/[«»“”„]/g, '"');
  const alternatives = [{ wanted: [], unwanted: [] }];
  for (const { groups, index, 0: all } of plain.matchAll(/(?<minus>(?<!\S)-)?(?:"(?<phrase>[^"]*)(?:"|$)|(?<word>[^\s"|]+))|(?<bar>\|)/g)) {
    if (groups.bar || (!groups.minus && ["OU", "OR"].includes(groups.word))) {
      alternatives.push({ wanted: [], unwanted: [] });
      continue;
    }
    const words = wordsOf(groups.phrase ?? groups.word);
    // The word that is being typed is only begun.
    const isTyped = index + all.length === plain.length && groups.phrase === undefined && !groups.minus;
    const isOpen = isTyped || (groups.phrase ?? groups.word).endsWith("*");
    if (words.length) alternatives.at(-1)[groups.minus ? "unwanted" : "wanted"].push({ words, isOpen });
  }
  return alternatives.filter(({ wanted, unwanted }) => wanted.length || unwanted.length);
}

function searchCondition(text) {
  const alternatives = parsedQuery(text).map(({ wanted, unwanted }) => ({ wanted: wanted.map(rowsWith), unwanted: unwanted.map(rowsWith) }));
  if (!alternatives.length) return null;
  return (row) => alternatives.some(({ wanted, unwanted }) => wanted.every((flags) => flags[row]) && !unwanted.some((flags) => flags[row]));
}
