// That what is wrong is refused: otherwise all that is accepted would prove nothing.

import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from './graphql.js';

const document = graphql(`
    query Control($day: Date!) {
        programs(first: 1) {
            nodes {
                ...Titled
            }
        }
        provinces(asOf: $day, first: 1) {
            nodes {
                kind
            }
        }
    }
    fragment Titled on Program {
        title
    }
`);

export const right: ResultOf<typeof document> = {
    programs: { nodes: [{ title: 'x' }] },
    provinces: { nodes: [{ kind: 'PROVINCE' }] },
};
// @ts-expect-error A title is no number.
export const title: ResultOf<typeof document>['programs'] = { nodes: [{ title: 1 }] };
// @ts-expect-error There is no such kind.
export const kind: ResultOf<typeof document>['provinces'] = { nodes: [{ kind: 'DISTRICT' }] };
// @ts-expect-error The day is missing.
export const variables: VariablesOf<typeof document> = {};
