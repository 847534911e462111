// An OpenID Connect provider on this machine. Every start makes a new signing key, so that a restart is a rotation.
//
//   node provider.mjs --port PORT [--alg ES256|RS256|EdDSA]
//
// It prints one line, `listening`, once it answers.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import Provider from 'oidc-provider';
import { AUDIENCE, CALLBACK, ORGANIZATION, PROGRAM, SCOPE, STAFF } from './names.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, alg: { type: 'string', default: 'ES256' } } });
const port = Number(values.port);
const issuer = `http://127.0.0.1:${port}`;

const KINDS = {
    ES256: ['ec', { namedCurve: 'P-256' }],
    RS256: ['rsa', { modulusLength: 2048 }],
    EdDSA: ['ed25519', {}],
};

function signingKey(alg) {
    const { privateKey } = generateKeyPairSync(...KINDS[alg]);
    return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg };
}

const provider = new Provider(issuer, {
    jwks: { keys: [signingKey(values.alg)] },
    cookies: { keys: [randomUUID()] },
    clients: [
        {
            client_id: STAFF.client,
            application_type: 'native',
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code'],
            response_types: ['code'],
            redirect_uris: [CALLBACK],
            id_token_signed_response_alg: values.alg,
        },
        {
            client_id: PROGRAM.client,
            client_secret: PROGRAM.secret,
            grant_types: ['client_credentials'],
            response_types: [],
            redirect_uris: [],
            id_token_signed_response_alg: values.alg,
        },
    ],
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // An access token is a JWT only when it is for a named resource; others are references that mean nothing to us.
    features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: true },
        resourceIndicators: {
            enabled: true,
            defaultResource: () => undefined,
            useGrantedResource: () => true,
            getResourceServerInfo: () => ({
                scope: SCOPE,
                audience: AUDIENCE,
                accessTokenFormat: 'jwt',
                accessTokenTTL: 300,
                jwt: { sign: { alg: values.alg } },
            }),
        },
    },
    extraTokenClaims: (_, token) => ({
        org: ORGANIZATION,
        roles: token.kind === 'ClientCredentials' ? PROGRAM.roles : STAFF.roles,
    }),
});

provider.on('server_error', (_, error) => console.error(error));
provider.listen(port, '127.0.0.1', () => console.log('listening'));
