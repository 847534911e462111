// The audits of the GraphQL over HTTP specification (npm graphql-http): every one of them answered without a remark.

import { auditServer } from 'graphql-http';

// A client of ours says that it is no form of somebody else's page.
const preflighted = (url, init = {}) => fetch(url, { ...init, headers: { 'graphql-require-preflight': '1', ...init.headers } });

export default async function ({ check, service }) {
    const results = await auditServer({ url: service.graphql, fetchFn: preflighted });
    for (const { id, name, status, reason, response } of results) {
        await check(`${id} ${name}`, async () => {
            if (status !== 'ok') {
                const body = await response?.text().catch(() => '(read already)');
                throw `${status}: ${reason}\n${response?.status} ${response?.headers.get('content-type')} ${body}`;
            }
        });
    }
    await check('there are 61 audits', () => {
        if (results.length !== 61) {
            throw `there are ${results.length}`;
        }
    });
}
