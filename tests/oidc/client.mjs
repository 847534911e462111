// Gets tokens as clients do: a program with its own secret, and a browser in which somebody signs in.

import { createHash, randomBytes } from 'node:crypto';
import { AUDIENCE, CALLBACK, PROGRAM, SCOPE, STAFF } from './names.mjs';

// Both kinds of access tokens, and two that are none for us.
export async function tokens(issuer) {
    const about = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    const { access, id } = await signIn(about);
    return {
        program: (await asProgram(about, { resource: AUDIENCE, scope: SCOPE })).access_token,
        staff: access,
        id,
        opaque: (await asProgram(about, {})).access_token,
    };
}

async function asProgram(about, more) {
    const secret = [PROGRAM.client, PROGRAM.secret].map(encodeURIComponent).join(':');
    const authorization = `Basic ${Buffer.from(secret).toString('base64')}`;
    return post(about.token_endpoint, { grant_type: 'client_credentials', ...more }, { authorization });
}

// The authorization code flow with PKCE.
async function signIn(about) {
    const verifier = randomBytes(32).toString('base64url');
    const start = new URL(about.authorization_endpoint);
    start.search = new URLSearchParams({
        client_id: STAFF.client,
        response_type: 'code',
        redirect_uri: CALLBACK,
        scope: `openid ${SCOPE}`,
        resource: AUDIENCE,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
    });
    const back = await browse(start);
    const code = back.searchParams.get('code');
    if (!code) {
        throw new Error(`no code: ${back.searchParams.get('error_description')}`);
    }
    const answer = await post(about.token_endpoint, {
        grant_type: 'authorization_code',
        client_id: STAFF.client,
        redirect_uri: CALLBACK,
        resource: AUDIENCE,
        code,
        code_verifier: verifier,
    });
    return { access: answer.access_token, id: answer.id_token };
}

// Follows redirections and fills in what is asked, until it is sent back to the client.
async function browse(url) {
    const cookies = new Map();
    let form;
    for (let step = 0; step < 20; step += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(url, {
            method: form ? 'POST' : 'GET',
            body: form && new URLSearchParams(form),
            headers: { cookie },
            redirect: 'manual',
        });
        for (const line of response.headers.getSetCookie()) {
            const [name, value] = line.split(';', 1)[0].split(/=(.*)/s);
            cookies.set(name, value);
        }
        form = undefined;
        if (response.status >= 300 && response.status < 400) {
            url = new URL(response.headers.get('location'), url);
            if (url.href.startsWith(CALLBACK)) {
                return url;
            }
            continue;
        }
        const page = await response.text();
        const asked = /name="prompt" value="(\w+)"/.exec(page)?.[1];
        if (response.status !== 200 || !asked) {
            throw new Error(`the provider shows a page with status ${response.status} that asks nothing`);
        }
        const action = /<form[^>]* action="([^"]+)"/.exec(page)[1];
        url = new URL(action, url);
        form = asked === 'login' ? { prompt: asked, login: STAFF.login, password: 'x' } : { prompt: asked };
    }
    throw new Error('the provider never comes to an end');
}

async function post(url, fields, headers = {}) {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
    const answer = await response.json();
    if (!response.ok) {
        throw new Error(`${url}: ${JSON.stringify(answer)}`);
    }
    return answer;
}
