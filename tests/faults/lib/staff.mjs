// Who writes: staff of two tenants, so that writes are carried out beside each other, with tokens of an issuer that is a
// file of keys.

import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ISSUER = 'https://faults.phoihop.test';
const TENANTS = ['hung-yen:2025', 'nghe-an'];
const HOURS = 12;

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Writes what `--auth` needs into the folder; answers its path, and the staff with their tokens. */
export function hire(dir) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'faults', alg: 'ES256', use: 'sig' };
    writeFileSync(join(dir, 'keys.json'), JSON.stringify({ keys: [key] }));
    const organizations = TENANTS.map((tenant) => `"${tenant}" = "${tenant}"`);
    const lines = ['[[issuer]]', `url = "${ISSUER}"`, 'jwks_file = "keys.json"', '[issuer.organizations]', ...organizations];
    const auth = join(dir, 'auth.toml');
    writeFileSync(auth, `${lines.join('\n')}\n`);

    const now = Math.floor(Date.now() / 1000);
    const staff = TENANTS.map((tenant) => {
        const head = base64({ typ: 'at+jwt', alg: 'ES256', kid: key.kid });
        const body = base64({
            iss: ISSUER,
            aud: 'urn:phoihop:api',
            sub: `writer-${tenant}`,
            iat: now,
            exp: now + HOURS * 3600,
            org: tenant,
            roles: ['EDITOR'],
        });
        const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key: privateKey, dsaEncoding: 'ieee-p1363' });
        return { tenant, token: `${head}.${body}.${signature.toString('base64url')}` };
    });
    return { auth, staff };
}
