import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WebhookMessage } from '../../../src/shared/contract/index.js';
import { fillTemplate, parseTemplate } from '../../../src/daemon/notify/template.js';

const message: WebhookMessage = {
  type: 'job.failed',
  timestamp: '2026-01-01T00:00:00.000Z',
  data: {
    jobId: 'job',
    videoId: 'video',
    title: 'A "title"',
    status: 'failed',
    progress: 12.5,
    playable: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    startTime: null,
    playableAt: null,
    completedAt: null,
    error: { code: 'TRANSCODE_FAILED', message: 'no' },
    workflow: { dagRunId: 'manual__1', state: null },
  },
};
const parse = (template: unknown, env: Record<string, string> = {}) =>
  parseTemplate(JSON.stringify(template), env);
const filled = (body: unknown): unknown =>
  JSON.parse(fillTemplate(parse({ body }), 'msg_1', message).body);
const invalid = expect.objectContaining({ code: 'CONFIG_INVALID' }) as unknown;

describe('a template', () => {
  test('a string that is a placeholder becomes its value, whatever type that has', () => {
    expect(
      filled({
        a: '{{progress}}',
        b: ['{{playable}}', '{{ error }}', '{{startTime}}'],
        c: 'run {{dagRunId}} of {{jobId}}: {{progress}}{{startTime}}',
        d: 7,
        e: null,
        '{{title}}': '{{title}}',
      }),
    ).toEqual({
      a: 12.5,
      b: [false, { code: 'TRANSCODE_FAILED', message: 'no' }, null],
      c: 'run manual__1 of job: 12.5',
      d: 7,
      e: null,
      '{{title}}': 'A "title"',
    });
  });

  test('no title can break the body or reach into another part of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const said = { ...message, data: { ...message.data, title } };
        const template = parse({ body: { text: 'x {{title}}', jobId: '{{jobId}}' } });
        const body = JSON.parse(fillTemplate(template, 'msg_1', said).body) as object;
        expect(body).toEqual({ text: `x ${title}`, jobId: 'job' });
      }),
    );
  });

  test('headers take what is safe in a header, and secrets from the environment', () => {
    const template = parse(
      { headers: { Authorization: 'Bearer {{env:TOKEN}}', 'X-Id': '{{id}} {{type}}' }, body: {} },
      { TOKEN: 'hush' },
    );
    expect(fillTemplate(template, 'msg_1', message).headers).toEqual({
      authorization: 'Bearer hush',
      'x-id': 'msg_1 job.failed',
    });
  });

  test.each([
    ['a body is missing', {}],
    ['an unknown field', { body: {}, bodies: {} }],
    ['an unknown placeholder', { body: { a: '{{jobid}}' } }],
    ['a secret in the body', { body: { a: '{{env:HOME}}' } }],
    ['a title in a header', { headers: { x: '{{title}}' }, body: {} }],
    ['a variable that is not set', { headers: { x: '{{env:NOT_THERE}}' }, body: {} }],
    ['a header of ours', { headers: { 'Webhook-Id': '1' }, body: {} }],
    ['the host', { headers: { Host: 'x' }, body: {} }],
    ['a line break in a header', { headers: { x: 'a\r\nb: c' }, body: {} }],
    ['a bad header name', { headers: { 'x y': 'a' }, body: {} }],
    ['another scheme', { url: 'ftp://example.com', body: {} }],
    ['another method', { method: 'GET', body: {} }],
    ['an unknown event', { events: ['job.progress'], body: {} }],
  ])('is refused at the start for %s', (_what, template) => {
    expect(() => parse(template)).toThrow(invalid);
  });

  test('that is no JSON is refused; a secret never shows in an error', () => {
    expect(() => parseTemplate('{', {})).toThrow(invalid);
    const bad = () => parse({ headers: { x: '{{env:TOKEN}}' }, body: {} }, { TOKEN: 'hush\nhush' });
    expect(bad).toThrow(invalid);
    expect(bad).not.toThrow(/hush/);
  });
});
