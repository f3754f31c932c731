import { z } from 'zod';
import { operation } from '../operation.js';
import { changeUserRequest, newUserRequest, userList, userView } from '../users.js';

const userParams = z.object({ id: z.string() });

export const listUsers = operation({
  id: 'listUsers',
  method: 'GET',
  paths: ['/users'],
  tag: 'users',
  access: 'admin',
  summary: 'Everybody who has a password here',
  answers: { 200: { description: 'By name', schema: userList } },
  examples: [{ status: 200 }],
});

export const createUser = operation({
  id: 'createUser',
  method: 'POST',
  paths: ['/users'],
  tag: 'users',
  access: 'admin',
  summary: 'Add somebody',
  description:
    'A `user` watches, an `uploader` also uploads and controls own jobs, an `admin` may do everything.',
  body: newUserRequest,
  answers: {
    201: {
      description: 'The user',
      schema: userView,
      headers: { Location: 'Where the user is' },
    },
  },
  errors: ['USER_EXISTS', 'RATE_LIMIT_EXCEEDED'],
  examples: [
    { body: { username: 'mina', password: 'a long sentence', role: 'uploader' }, status: 201 },
    { body: { username: 'jun', password: 'short' }, status: 400 },
  ],
});

export const showUser = operation({
  id: 'showUser',
  method: 'GET',
  paths: ['/users/:id'],
  tag: 'users',
  access: 'admin',
  summary: 'One user',
  params: userParams,
  answers: { 200: { description: 'The user', schema: userView } },
  errors: ['USER_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const changeUser = operation({
  id: 'changeUser',
  method: 'PATCH',
  paths: ['/users/:id'],
  tag: 'users',
  access: 'admin',
  summary: 'Give somebody another role or a new password',
  description:
    'A new password signs the user out everywhere. A lower role counts at once, a higher one from the next sign-in on.',
  params: userParams,
  body: changeUserRequest,
  answers: { 200: { description: 'The user', schema: userView } },
  errors: ['USER_NOT_FOUND', 'RATE_LIMIT_EXCEEDED'],
  examples: [{ params: { id: 'nothere' }, body: { role: 'user' }, status: 404 }],
});

export const removeUser = operation({
  id: 'removeUser',
  method: 'DELETE',
  paths: ['/users/:id'],
  tag: 'users',
  access: 'admin',
  summary: 'Remove somebody',
  description: 'Sign-ins, devices and API keys are void at once; videos and jobs stay.',
  params: userParams,
  answers: { 204: { description: 'Removed' } },
  errors: ['USER_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
