// The rules that others hold schemas and operations to (graphql-eslint): the schema, its connections, and the cookbook.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { buildSchema, getNamedType, isUnionType } from 'graphql';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// Types that are parts of a record, or of an answer: nothing to ask for by itself.
const PARTS = [
    'AgencyPair',
    'AgencySuccession',
    'AwardReport',
    'AwardRow',
    'BlockedAction',
    'BulkItem',
    'Cascade',
    'CascadeLevel',
    'Collaboration',
    'Comparison',
    'ConflictValue',
    'Count',
    'CountTotal',
    'Coverage',
    'CoverageRow',
    'DataQuality',
    'DateStatement',
    'DossierCounts',
    'DossierProblem',
    'ExpiringProgram',
    'ExportJobError',
    'ExportParameter',
    'FieldChange',
    'FigureTotal',
    'FunctionMove',
    'Implementation',
    'InactiveProgram',
    'ObligationStanding',
    'Overlap',
    'PageInfo',
    'Period',
    'Quantity',
    'RateLimit',
    'ReorganizationImpact',
    'ReportCompleteness',
    'ReportRequestAddressee',
    'Reports',
    'SectorLevel',
    'SectorPair',
    'Share',
    'SigningLag',
    'TargetProgress',
    'TenantSuccession',
    'Totals',
    'TotalsCell',
    'TouchedProgram',
    'UserError',
    '_Service',
];

// What is listed and is no record: what became of one, and what a report says of one.
const ROWS = [
    'Change',
    'ExpiringProgram',
    'HistoryEntry',
    'Implementation',
    'InactiveProgram',
    'ObligationStanding',
    'TargetProgress',
    'TouchedProgram',
];

// Where we decided otherwise than a rule proposes.
const SCHEMA_ADJUSTED = {
    // `nodes` beside `edges` is for those who need no cursors, and lists of words are no connections. A
    // change is no record: it has a cursor and no id. That every other edge leads to a node is checked below.
    'relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
    // A search goes forward, from the best find on.
    'relay-arguments': ['error', { includeBoth: false }],
    'strict-id-in-types': ['error', { exceptions: { types: PARTS, suffixes: ['Connection', 'Edge', 'Payload', 'Viewer'] } }],
};
const OPERATIONS_ADJUSTED = {
    // The cookbook is read by people: no client's cache needs ids there.
    'require-selections': 'off',
    // As deep as the service lets anybody ask.
    'selection-set-depth': ['error', { maxDepth: 14 }],
};
// What is no fault, by rules that are good otherwise: a grantee is no prefix of a grant, and Apollo Federation gave these
// names.
const TOLERATED = {
    'no-typename-prefix': /^\tgrantee: /,
    'naming-convention': /\b_(entities|service|Any|Entity|Service)\b/,
};

const graphqlConfig = { schema: `${ROOT}schema.graphql`, documents: `${ROOT}docs/cookbook/*.graphql` };

const part = (files, configs, adjusted) => ({
    files: [files],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: graphqlConfig } },
    plugins: { '@graphql-eslint': plugin },
    rules: {
        ...Object.assign({}, ...configs.map((name) => plugin.configs[`flat/${name}`].rules)),
        ...Object.fromEntries(Object.entries(adjusted).map(([rule, setting]) => [`@graphql-eslint/${rule}`, setting])),
    },
});

const SCHEMA = part('schema.graphql', ['schema-recommended', 'schema-relay'], SCHEMA_ADJUSTED);
const OPERATIONS = part('docs/cookbook/*.graphql', ['operations-recommended'], OPERATIONS_ADJUSTED);

export default async function ({ check }) {
    await check('every edge leads to a node, but those of changes, of history and of reports', () => {
        const schema = buildSchema(readFileSync(graphqlConfig.schema, 'utf8'));
        const strays = Object.values(schema.getTypeMap()).filter((type) => {
            const node = type.name.endsWith('Edge') && getNamedType(type.getFields().node.type);
            return node && !ROWS.includes(node.name) && !schema.isSubType(schema.getType('Node'), node) && !isUnionType(node);
        });
        if (strays.length) {
            throw strays.join(', ');
        }
    });
    const lint = new ESLint({ cwd: ROOT, overrideConfigFile: true, overrideConfig: [SCHEMA, OPERATIONS] });
    for (const [what, config] of [
        ['the schema', SCHEMA],
        ['the cookbook', OPERATIONS],
    ]) {
        const count = Object.values(config.rules).filter((rule) => rule !== 'off').length;
        await check(`${what} keeps ${count} rules of graphql-eslint`, async () => {
            const results = await lint.lintFiles(config.files);
            const lines = results.flatMap(({ filePath, messages, source }) =>
                messages
                    .filter(({ ruleId, line }) => !TOLERATED[ruleId?.split('/')[1]]?.test(source.split('\n')[line - 1]))
                    .map(({ line, ruleId, message }) => `${filePath.slice(ROOT.length)}:${line} ${ruleId} ${message}`),
            );
            if (!results.length || lines.length) {
                throw `${results.length} files\n${lines.join('\n')}`;
            }
        });
    }
}
