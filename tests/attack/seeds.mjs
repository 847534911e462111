// Writes the corpus's documents where the fuzzer begins: fuzz/corpus/document, a file each.
//
//   node tests/attack/seeds.mjs [--cookbook]
//
// Short ones are enough, since it makes them longer by itself. With --cookbook, the operations of docs/cookbook as well:
// right before fuzzing, so that there is no second copy of them to keep.

import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { documents } from './corpus/documents.mjs';

const FEW = 60;
const SHORT = 1024;

const { values } = parseArgs({ options: { cookbook: { type: 'boolean', default: false } } });
const root = new URL('../../', import.meta.url);
const folder = new URL('fuzz/corpus/document/', root);

/** What is left of a document when numbers and repetitions do not count. */
const shape = (document) => document.replace(/\d+/g, '0').replace(/(.{1,40}?)\1+/gs, '$1');

const shapes = new Map();
for (const { name, document } of documents) {
    if (Buffer.byteLength(document) <= SHORT && !shapes.has(shape(document))) {
        shapes.set(shape(document), { name, document });
    }
}
const chosen = [...shapes.values()].sort((a, b) => a.document.length - b.document.length).slice(0, FEW);
mkdirSync(folder, { recursive: true });
for (const { name, document } of chosen) {
    writeFileSync(new URL(name, folder), document);
}
if (values.cookbook) {
    const cookbook = new URL('docs/cookbook/', root);
    for (const name of readdirSync(cookbook).filter((file) => file.endsWith('.graphql'))) {
        copyFileSync(new URL(name, cookbook), new URL(name, folder));
    }
}
console.log(`${chosen.length} of ${documents.length} documents are seeds (${shapes.size} shapes)`);
