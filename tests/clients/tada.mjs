// gql.tada: TypeScript infers, from the schema alone, what each operation of the cookbook takes and gives; the variables
// of the cookbook and what the service answers to them are held against that.

import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const BOOK = path('../../docs/cookbook/');
const MADE = path('tada/made/');

const HEAD = `import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../graphql.js';

// Neither 'never' nor 'any': something was inferred.
type Inferred<T> = [T] extends [never] ? false : 0 extends 1 & T ? false : true;
`;

// An operation, its variables, and its answer, if there was one.
function module(document, variables, data) {
    return `${HEAD}
const document = graphql(\`${document.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\`);

export const inferred: Inferred<ResultOf<typeof document>> = true;
export const variables: VariablesOf<typeof document> = ${variables};
${data ? `export const data: ResultOf<typeof document> = ${JSON.stringify(data, null, 1)};` : ''}
`;
}

const run = (bin, ...args) =>
    new Promise((resolve, reject) => {
        execFile(process.execPath, [path(`node_modules/${bin}`), ...args], { cwd: path('tada') }, (error, stdout, stderr) =>
            error ? reject(`${stdout}${stderr}`) : resolve(),
        );
    });

export default async function ({ check, service }) {
    rmSync(MADE, { recursive: true, force: true });
    mkdirSync(MADE);
    const names = readdirSync(BOOK)
        .filter((file) => file.endsWith('.graphql'))
        .map((file) => file.slice(0, -8));
    await check('gql.tada reads the schema', () => run('gql.tada/bin/cli.js', 'generate-output'));
    for (const name of names) {
        const [document, variables] = ['graphql', 'json'].map((kind) => readFileSync(`${BOOK}${name}.${kind}`, 'utf8'));
        const { data, errors } = await service.ask(document, JSON.parse(variables));
        await check(`the service answers ${name}`, () => {
            if (errors) {
                throw JSON.stringify(errors);
            }
        });
        writeFileSync(`${MADE}${name}.ts`, module(document, variables, data));
    }
    await check(`${names.length} operations, their variables and their answers have the types that gql.tada infers`, () =>
        run('typescript/bin/tsc', '--project', '.'),
    );
}
