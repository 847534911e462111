// What the provider and its clients both know.

export const AUDIENCE = 'urn:phoihop:api';
export const SCOPE = 'graph';
export const ORGANIZATION = 'so-noi-vu';

// Nobody listens there: the client reads the code from the redirection.
export const CALLBACK = 'http://127.0.0.1/callback';

// Somebody who signs in.
export const STAFF = { client: 'console', login: 'can-bo-01', roles: ['EDITOR'] };

// A program that acts for itself.
export const PROGRAM = { client: 'thong-ke', secret: 'a secret of this test only', roles: ['REPORTER'] };
