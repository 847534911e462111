// urql with its normalized cache, which knows the schema, and automatic persisted queries over GET.

import assert from 'node:assert/strict';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import { minifyIntrospectionQuery } from '@urql/introspection';
import { getIntrospectionQuery } from 'graphql';
import { everyProvince, NAMED, PAGE, PARTLY, recorder } from './asking.mjs';

// What has no id lives inside what has one.
function keys({ __schema }) {
    const objects = __schema.types.filter(({ kind, name }) => kind === 'OBJECT' && !name.startsWith('__'));
    const without = objects.filter(({ fields }) => !fields.some(({ name }) => name === 'id'));
    return Object.fromEntries(without.map(({ name }) => [name, () => null]));
}

export default async function ({ check, service }) {
    const schema = (await service.ask(getIntrospectionQuery())).data;
    const warnings = [];

    function client(more = []) {
        const { sent, fetch } = recorder();
        const cache = cacheExchange({
            schema: minifyIntrospectionQuery(schema),
            keys: keys(schema),
            resolvers: { Query: { provinces: relayPagination() } },
            logger: (severity, message) => warnings.push(`${severity}: ${message}`),
        });
        const urql = new Client({
            url: service.graphql,
            exchanges: [cache, ...more, fetchExchange],
            fetch,
            fetchOptions: { headers: { 'graphql-require-preflight': '1' } },
            preferGetMethod: false,
        });
        return { urql, sent };
    }

    await check('urql pages through a connection', async () => {
        const { urql, sent } = client();
        let list;
        for (let page = 0; page < 10 && list?.pageInfo.hasNextPage !== false; page += 1) {
            const result = await urql.query(PAGE, { after: list?.pageInfo.endCursor ?? null }).toPromise();
            assert.equal(result.error?.message, undefined);
            list = result.data.provinces;
        }
        assert.deepEqual(
            list.edges.map(({ node }) => node.id),
            await everyProvince(service),
        );
        assert.equal(sent.length, Math.ceil(list.edges.length / 10));
        // The last page again is in the cache.
        await urql.query(PAGE, { after: null }).toPromise();
        assert.equal(sent.length, Math.ceil(list.edges.length / 10));
    });

    await check('urql keeps what was answered beside an error', async () => {
        const { urql } = client();
        const { data, error } = await urql.query(PARTLY, {}).toPromise();
        assert.equal(data.central.name, 'Trung ương');
        assert.equal(data.programs, null);
        assert.deepEqual(
            error.graphQLErrors.map(({ path, extensions }) => [path, extensions.code]),
            [[['programs'], 'PAGE_TOO_LARGE']],
        );
    });

    await check('urql persists a query and asks by its hash', async () => {
        const { urql, sent } = client([persistedExchange({ preferGetForPersistedQueries: true })]);
        const [first, second] = await everyProvince(service);
        for (const id of [first, second]) {
            const { data, error } = await urql.query(NAMED, { id }).toPromise();
            assert.equal(error?.message, undefined);
            assert.equal(data.node.id, id);
        }
        const steps = sent.map(({ method, body }) => `${method} ${body.query ? 'query' : 'hash'}`);
        assert.deepEqual(steps, ['GET hash', 'GET query', 'GET hash']);
        assert.deepEqual(
            sent.map(({ status }) => status),
            [200, 200, 200],
        );
    });

    await check('urql has nothing to warn of', () => assert.deepEqual(warnings, []));
}
