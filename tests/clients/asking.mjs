// What the suites of clients ask, and what they need to look at the answers.

import assert from 'node:assert/strict';

// More than one page, in an order that does not change.
export const PAGE = `query Page($after: String) {
    provinces(first: 10, after: $after, orderBy: [{field: NAME}]) {
        edges { cursor node { id name } }
        nodes { id }
        pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    }
}`;

// One of the two goes wrong.
export const PARTLY = `query Partly {
    central { id name }
    programs(first: 1000) { nodes { id title } }
}`;

export const NAMED = `query Named($id: ID!) {
    node(id: $id) { id ... on Tenant { key name } }
}`;

// The ids in one piece, as the service gives them without pages.
export async function everyProvince(service) {
    const { data } = await service.ask('{ provinces(first: 100, orderBy: [{field: NAME}]) { nodes { id } } }');
    const ids = data.provinces.nodes.map(({ id }) => id);
    assert.ok(ids.length > 30);
    return ids;
}

// A fetch that notes what was sent and what came back.
export function recorder() {
    const sent = [];
    const record = async (url, init = {}) => {
        const response = await fetch(url, init);
        const { search, searchParams } = new URL(String(url));
        const body = init.body ? JSON.parse(init.body) : Object.fromEntries(searchParams);
        sent.push({
            method: init.method ?? 'GET',
            search,
            body,
            status: response.status,
            type: response.headers.get('content-type'),
        });
        return response;
    };
    return { sent, fetch: record };
}
