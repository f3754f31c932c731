import { z } from 'zod';
import { operation } from '../operation.js';
import {
  changePasswordRequest,
  invalidAnswer,
  loginRequest,
  signedInView,
  validAnswer,
} from '../users.js';

export const login = operation({
  id: 'login',
  method: 'POST',
  paths: ['/auth/login'],
  tag: 'auth',
  access: 'open',
  summary: 'Sign in with name and password',
  description: 'The token is a JSON Web Token (HS256) for `Authorization: Bearer TOKEN`.',
  body: loginRequest,
  answers: { 200: { description: 'The token, and whose it is', schema: signedInView } },
  errors: ['AUTH_INVALID_CREDENTIALS', 'RATE_LIMIT_EXCEEDED'],
  examples: [{ body: { username: 'nobody', password: 'wrong' }, status: 401 }],
});

export const logout = operation({
  id: 'logout',
  method: 'POST',
  paths: ['/auth/logout'],
  tag: 'auth',
  access: 'user',
  noKeys: true,
  summary: 'Sign out: the token, or the cookie, that is sent opens nothing any more',
  answers: { 204: { description: 'Signed out' } },
  examples: [{ status: 204 }],
});

export const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  paths: ['/auth/password'],
  tag: 'auth',
  access: 'user',
  noKeys: true,
  summary: 'Change your own password',
  description: 'It signs you out everywhere; the answer has a new token.',
  body: changePasswordRequest,
  answers: { 200: { description: 'The new token', schema: signedInView } },
  errors: ['AUTH_INVALID_CREDENTIALS', 'RATE_LIMIT_EXCEEDED'],
  examples: [{ body: {}, status: 400 }],
});

const validateHeaders = z.object({
  'x-original-uri': z.string().max(8192).optional(),
  'x-original-method': z.string().max(16).optional(),
});
const validateAnswers = {
  200: {
    description: 'Let it through',
    schema: validAnswer,
    headers: { 'X-User-ID': 'Who asks', 'X-User-Role': 'What they may' },
  },
  401: { description: 'No valid credential', schema: invalidAnswer },
  403: { description: 'The role may not do what the URI asks', schema: invalidAnswer },
} as const;
const validateDescription =
  'Looks at `Authorization` and cookies, and with `X-Original-URI` (and `X-Original-Method`) at what is asked for, as `auth_request` of nginx sends them.';

export const validate = operation({
  id: 'validate',
  method: 'POST',
  paths: ['/auth/validate'],
  alsoAtRoot: true,
  tag: 'auth',
  access: 'open',
  summary: 'Is this credential good, and for this address?',
  description: validateDescription,
  headers: validateHeaders,
  answers: validateAnswers,
  examples: [
    { headers: { 'x-original-uri': '/api/v1/upload/start' }, status: 200 },
    { headers: { authorization: 'Bearer wrong' }, status: 401 },
  ],
});

export const validateByGet = operation({
  id: 'validateByGet',
  method: 'GET',
  paths: ['/auth/validate'],
  alsoAtRoot: true,
  tag: 'auth',
  access: 'open',
  summary: 'The same, for auth_request of nginx',
  description: validateDescription,
  headers: validateHeaders,
  answers: validateAnswers,
  examples: [{ status: 200 }],
});
