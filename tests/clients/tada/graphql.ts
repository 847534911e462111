// The schema as TypeScript sees it, and what its scalars are in JSON.

import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './made/schema.d.ts';

export const graphql = initGraphQLTada<{
    introspection: introspection;
    scalars: { Date: string; DateTime: string; Decimal: string; PartialDate: string };
}>();
