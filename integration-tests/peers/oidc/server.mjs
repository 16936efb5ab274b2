// A login by npm's oidc-provider, for oidc_provider.py: `node server.mjs CONFIG.json`.
//
// Two listeners on loopback: the login, where a client certificate is demanded, and one without for the
// exchange and for a resource that tells what a token stands for. Ours are the two functions that say so;
// all the rest, down to replay and expiry, is oidc-provider's and Node's.
// Prints one line of JSON with both ports, and stops when its standard input ends.

import { createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Provider, errors } from 'oidc-provider';

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const root = new X509Certificate(config.ca);
const TOKEN = '/realms/sts/protocol/openid-connect/token';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const PROFILE_ID = 'urn:dk:domstol:token-type:adgangsprofil-id';

const counts = { login: 0, exchange: 0, resource: 0 };
const issued = new Set();
let provider;
let handle;

// Ours: x5c by RFC 7515 4.1.6, with Node's X.509, and that the subject is the company on the TLS connection.
function checkChain(ctx, claims, header, client) {
  const chain = (header.x5c ?? []).map((each) => new X509Certificate(Buffer.from(each, 'base64')));
  const holds = chain.length === 3
    && chain.every((each, n) => each.verify((chain[n + 1] ?? each).publicKey))
    && chain[2].fingerprint256 === root.fingerprint256
    && chain[0].fingerprint256 === new X509Certificate(client.signer).fingerprint256;
  if (!holds) throw new errors.InvalidClientAuth('the x5c does not hold');
  const [, shown] = /NTRDK-(\d{8})/.exec(ctx.req.socket.getPeerX509Certificate().subject) ?? [];
  if (shown !== claims.sub) throw new errors.InvalidClientAuth('another company shows its certificate');
}

// Ours: the exchange, which oidc-provider has not got (RFC 8693, guide 3.2.3).
async function exchange(ctx) {
  const { params } = ctx.oidc;
  const right = params.actor_token_type === ACCESS_TOKEN
    && params.requested_token_type === ACCESS_TOKEN
    && params.subject_token_type === PROFILE_ID;
  if (!right) throw new errors.InvalidRequest('one of the token types is not the guide\'s');
  const actor = await provider.ClientCredentials.find(params.actor_token ?? '');
  if (!actor) throw new errors.CustomOIDCProviderError('invalid_token', 'actor_token');
  if (params.subject_token !== config.profile) throw new errors.InvalidTarget('subject_token');
  const token = new provider.ClientCredentials({ client: ctx.oidc.client });
  ctx.body = {
    access_token: await token.save(),
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: token.expiration,
  };
}

function clientOf({ signer, ...client }) {
  const key = signer && { jwks: { keys: [createPublicKey(signer).export({ format: 'jwk' })] } };
  return {
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    ...client,
    ...(signer && { signer, ...key, token_endpoint_auth_signing_alg: 'RS256' }),
  };
}

function makeProvider(issuer) {
  const made = new Provider(issuer, {
    routes: { token: TOKEN },
    scopes: ['openid'],
    ttl: { ClientCredentials: 300 },
    clientAuthMethods: ['client_secret_post', 'private_key_jwt', 'none'],
    extraClientMetadata: { properties: ['signer'] },
    assertJwtClientAuthClaimsAndHeader: checkChain,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        getCertificate: (ctx) => ctx.req.socket.getPeerX509Certificate(),
      },
    },
    clients: [
      ...config.clients.map(clientOf),
      // The guide's exchange asks for no client, and oidc-provider for one: the listener names this one.
      clientOf({ client_id: 'exchange', token_endpoint_auth_method: 'none', grant_types: [EXCHANGE] }),
    ],
  });
  made.registerGrantType(EXCHANGE, exchange, [
    'actor_token', 'actor_token_type', 'subject_token', 'subject_token_type', 'requested_token_type',
  ]);
  made.on('client_credentials.saved', (token) => issued.add(token));
  return made;
}

function login(request, response) {
  counts.login += 1;
  return handle(request, response);
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function open(request, response) {
  if (request.url === '/token') {
    counts.exchange += 1;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    request.body = `${Buffer.concat(chunks)}&client_id=exchange`;
    request.url = TOKEN;
    return handle(request, response);
  }
  if (request.url === '/counts') return answer(response, 200, counts);
  if (request.url === '/forget') {
    await Promise.all([...issued].map((token) => token.destroy()));
    return answer(response, 200, {});
  }
  counts.resource += 1;
  const [, bearer] = (request.headers.authorization ?? '').split(' ');
  const token = await provider.ClientCredentials.find(bearer ?? '');
  if (!token) return answer(response, 401, {});
  const { clientId: client, scope, 'x5t#S256': certificate } = token;
  return answer(response, 200, { client, scope, certificate });
}

async function listen(options, handler) {
  const server = createServer({ cert: config.certificate, key: config.key, ...options }, handler);
  server.keepAliveTimeout = 120_000; // longer than the client's
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

const ports = {
  login: await listen({ ca: config.ca, requestCert: true, rejectUnauthorized: true }, login),
  open: await listen({}, open),
};
// The bare host is the issuer, as in the guide: so the audience of our assertions is right unchanged.
provider = makeProvider(`https://127.0.0.1:${ports.login}`);
handle = provider.callback();
console.log(JSON.stringify(ports));
process.stdin.on('end', () => process.exit(0)).resume();
