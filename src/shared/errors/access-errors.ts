import type { ErrorKind } from './error-kind.js';

/** Who may come in, and what they may. */
export const accessErrors = {
  AUTH_INVALID_TOKEN: {
    status: 401,
    exit: 5,
    message: 'Invalid or expired authentication token',
    hint: 'Send "Authorization: Bearer TOKEN"; the local token is in the file "token" of KDRAMA_HOME.',
  },
  AUTH_INVALID_CREDENTIALS: {
    status: 401,
    exit: 5,
    message: 'Invalid user name or password',
    hint: 'An admin sets a new password with "kdrama user passwd NAME".',
  },
  AUTH_INVALID_CODE: {
    status: 401,
    exit: 5,
    message: 'This code is wrong, was used, has expired or is void after 5 wrong tries',
    hint: 'Get a new one: "kdrama pair" prints it, on the computer that holds the library.',
  },
  AUTH_INSUFFICIENT_PERMISSIONS: {
    status: 403,
    exit: 5,
    message: 'User lacks required permissions',
    hint: 'Sign in as someone with the role that is named, or ask the admin of this daemon for it.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    exit: 5,
    message: 'This host name is not one of this daemon',
    hint: 'Use the address that "kdrama serve" prints.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    exit: 5,
    message: 'Requests from other web pages may not change anything',
    hint: 'Send it from a page of this daemon, or from a program, without an Origin line.',
  },
  USER_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'User not found',
    hint: '"kdrama user list" (GET /users) shows them.',
  },
  USER_EXISTS: {
    status: 409,
    exit: 1,
    message: 'This name is taken',
    hint: 'Choose another; capital letters make no difference.',
  },
  TOKEN_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'API key not found',
    hint: '"kdrama token list" (GET /tokens) shows them.',
  },
  SECRET_CONFIGURED: {
    status: 409,
    exit: 1,
    message: 'The secret of sign-ins is configured, so it is changed there',
    hint: 'Change auth.jwtSecret (KDRAMA_JWT_SECRET) and restart the daemon.',
  },
  DEVICE_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Device not found',
    hint: '"kdrama pair list" (GET /devices) shows them.',
  },
} as const satisfies Record<string, ErrorKind>;
