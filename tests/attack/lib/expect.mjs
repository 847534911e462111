// Whether an answer is the right refusal.

import assert from 'node:assert/strict';
import { codes, exchange, open, responses } from './http.mjs';

/** Sends an entry of the corpus that is one request, and throws unless it is answered as the entry says. */
export async function attack(target, entry, bytes) {
    const answer = entry.smuggled
        ? await alone(target, bytes)
        : await exchange(target, bytes, { patience: entry.patience });
    const found = codes(answer);
    const said = `${answer.status || answer.text}${found.length ? ` ${found[0]}` : ''}`;
    const all = `${said}: ${answer.text.slice(0, 300)}`;
    assert.ok(entry.status.includes(answer.status), `not ${entry.status.join(' or ')}, but ${all}`);
    if (entry.code) {
        const right = found.length ? found.every((code) => entry.code.includes(code)) : entry.code.includes(undefined);
        assert.ok(right, `not ${entry.code.map((code) => code ?? 'no error').join(' or ')}, but ${all}`);
    }
    if (entry.header) {
        assert.ok(answer.headers[entry.header], `no header ${entry.header}`);
    }
    if (entry.without) {
        assert.equal(answer.headers[entry.without], undefined, `header ${entry.without}`);
    }
    if (entry.shorter) {
        const longest = Math.max(...Object.values(answer.headers).map((value) => value.length));
        assert.ok(longest <= entry.shorter, `a header of ${longest} bytes`);
    }
    // A short request that is answered at length is worth knowing.
    return answer.text.length > 20_000 ? `${said}, ${Math.round(answer.text.length / 1000)} kB` : said;
}

/** The answer to a request that hides another one, which must not be answered. */
async function alone(target, bytes) {
    const socket = open(target);
    const answered = responses(socket, { enough: 2, patience: 1500 });
    socket.write(bytes);
    const { found, closed } = await answered;
    socket.destroy();
    assert.ok(found.length < 2, `the hidden request was answered ${found[1]?.status}`);
    assert.ok(closed, `answered ${found[0]?.status}, but the connection is still open`);
    return found[0] ?? { status: 0, headers: {}, text: 'closed' };
}
