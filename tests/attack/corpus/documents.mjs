// Documents that are short to send and dear to answer, or that a guard may misread.
//
// `code` lists the codes that are right; where two are, either of two limits may be met first. An entry without `code`
// is harmless, and must be answered. The short ones are seeds of the fuzzer as well: seeds.mjs.

import { brackets } from './documents/brackets.mjs';
import { floods } from './documents/floods.mjs';
import { fragments } from './documents/fragments.mjs';
import { hidden } from './documents/hidden.mjs';
import { introspection } from './documents/introspection.mjs';
import { pages } from './documents/pages.mjs';

export const documents = [...brackets, ...hidden, ...fragments, ...floods, ...pages, ...introspection];
