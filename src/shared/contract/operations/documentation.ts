import { z } from 'zod';
import { operation } from '../operation.js';

export const openApi = operation({
  id: 'openApi',
  method: 'GET',
  paths: ['/openapi.json'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'open',
  summary: 'This description, as OpenAPI 3.1',
  answers: {
    200: { description: 'The document', schema: z.looseObject({ openapi: z.string() }) },
    206: { description: 'A part of it', contentType: 'application/json' },
    304: { description: 'The document that `If-None-Match` names' },
  },
  errors: ['RANGE_NOT_SATISFIABLE'],
  examples: [{ status: 200 }],
});

export const docs = operation({
  id: 'docs',
  method: 'GET',
  paths: ['/docs'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'open',
  summary: 'This description as a page; works without internet',
  answers: {
    200: { description: 'The page', contentType: 'text/html; charset=utf-8' },
    206: { description: 'A part of it', contentType: 'text/html; charset=utf-8' },
    304: { description: 'The page that `If-None-Match` names' },
  },
  errors: ['NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
});
