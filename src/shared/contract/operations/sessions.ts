import { z } from 'zod';
import { operation } from '../operation.js';
import { deviceList, sessionRequest, sessionView, signInCode, signInRequest } from '../sessions.js';

export const createCode = operation({
  id: 'createCode',
  method: 'POST',
  paths: ['/auth/codes'],
  tag: 'auth',
  access: 'admin',
  noKeys: true,
  summary: 'Make a one-time code that signs a browser in',
  description: 'It is good for 10 minutes, one use and 5 wrong tries by anybody.',
  body: signInRequest,
  bodyOptional: true,
  answers: { 200: { description: 'The code, and the address that holds it', schema: signInCode } },
  examples: [{ status: 200 }, { body: { role: 'uploader' }, status: 200 }],
});

export const createSession = operation({
  id: 'createSession',
  method: 'POST',
  paths: ['/auth/session'],
  tag: 'auth',
  access: 'open',
  summary: 'Sign this browser in',
  description: 'With a one-time code, or with name and password. The answer sets the cookie.',
  body: sessionRequest,
  answers: {
    200: {
      description: 'Who is signed in now',
      schema: sessionView,
      headers: { 'Set-Cookie': 'HttpOnly, SameSite=Strict; Secure over TLS' },
    },
  },
  errors: ['AUTH_INVALID_CODE', 'AUTH_INVALID_CREDENTIALS', 'RATE_LIMIT_EXCEEDED'],
  examples: [{ body: { code: 'ABCD-EFGH' }, status: 401 }],
});

export const currentSession = operation({
  id: 'currentSession',
  method: 'GET',
  paths: ['/auth/session'],
  tag: 'auth',
  access: 'user',
  summary: 'Who am I',
  answers: { 200: { description: 'Who is signed in', schema: sessionView } },
  examples: [{ status: 200 }],
});

export const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  paths: ['/auth/session'],
  tag: 'auth',
  access: 'open',
  summary: 'Sign this browser out; its cookie opens nothing any more',
  answers: { 204: { description: 'It is signed out' } },
  examples: [{ status: 204 }],
});

export const listDevices = operation({
  id: 'listDevices',
  method: 'GET',
  paths: ['/devices'],
  tag: 'devices',
  access: 'admin',
  summary: 'The browsers and players that are signed in, the one seen last first',
  answers: { 200: { description: 'All of them', schema: deviceList } },
  examples: [{ status: 200 }],
});

export const revokeDevice = operation({
  id: 'revokeDevice',
  method: 'DELETE',
  paths: ['/devices/:id'],
  tag: 'devices',
  access: 'admin',
  summary: 'Sign a device out, wherever it is',
  params: z.object({ id: z.string() }),
  answers: { 204: { description: 'It is signed out' } },
  errors: ['DEVICE_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
