import { z } from 'zod';
import { apiKeyList, newApiKeyRequest, newApiKeyView } from '../api-keys.js';
import { operation } from '../operation.js';

export const listTokens = operation({
  id: 'listTokens',
  method: 'GET',
  paths: ['/tokens'],
  tag: 'tokens',
  access: 'user',
  summary: 'Your API keys; for admins, all of them',
  answers: { 200: { description: 'Newest first, without their secrets', schema: apiKeyList } },
  examples: [{ status: 200 }],
});

export const createToken = operation({
  id: 'createToken',
  method: 'POST',
  paths: ['/tokens'],
  tag: 'tokens',
  access: 'user',
  summary: 'Make an API key for a program',
  description:
    'Its role is at most your own. `scopes` limits it further: upload, jobs, watch, workflow, metrics. It is shown once.',
  body: newApiKeyRequest,
  answers: { 201: { description: 'The key', schema: newApiKeyView } },
  errors: ['USER_NOT_FOUND'],
  examples: [
    {
      body: { name: 'nightly import', role: 'uploader', scopes: ['upload'], expiresInDays: 90 },
      status: 201,
    },
    { body: { name: '' }, status: 400 },
  ],
});

export const removeToken = operation({
  id: 'removeToken',
  method: 'DELETE',
  paths: ['/tokens/:id'],
  tag: 'tokens',
  access: 'user',
  summary: 'Revoke an API key, by its prefix',
  params: z.object({ id: z.string() }),
  answers: { 204: { description: 'It opens nothing any more' } },
  errors: ['TOKEN_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const rotateSecret = operation({
  id: 'rotateSecret',
  method: 'POST',
  paths: ['/tokens/rotate'],
  tag: 'tokens',
  access: 'admin',
  summary: 'Change the secret that signs JSON Web Tokens',
  description:
    'All of them are void at once: everybody signs in again. Browsers, API keys and the local token stay. A configured secret is changed in the configuration instead.',
  answers: { 204: { description: 'Nobody is signed in by token any more' } },
  errors: ['SECRET_CONFIGURED'],
  examples: [{ status: 204 }],
});
