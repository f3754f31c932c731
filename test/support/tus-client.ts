import type { TestDaemon } from './daemon.js';

/** An Upload-Metadata line. */
export function tusMetadata(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

/** A tus client written as the protocol says, one request a function. */
export function tusClient(daemon: Pick<TestDaemon, 'fetch'>, prefix = '/api/v1') {
  const send = (method: string, path: string, headers: Record<string, string>, body?: Uint8Array) =>
    daemon.fetch(path, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
  const client = {
    send,
    create: (
      sizeBytes: number,
      metadata: Readonly<Record<string, string>> = { filename: 'episode1.mkv' },
      headers: Record<string, string> = {},
      body?: Uint8Array,
    ) =>
      send(
        'POST',
        `${prefix}/tus`,
        {
          'upload-length': String(sizeBytes),
          'upload-metadata': tusMetadata(metadata),
          ...headers,
        },
        body,
      ),
    /** The path of a new upload. */
    async created(sizeBytes: number, metadata?: Readonly<Record<string, string>>): Promise<string> {
      const response = await client.create(sizeBytes, metadata);
      const location = response.headers.get('location');
      if (location === null) throw new Error(await response.text());
      return location;
    },
    head: (path: string) => send('HEAD', path, {}),
    patch: (
      path: string,
      offset: number,
      bytes: Uint8Array,
      headers: Record<string, string> = {},
    ) =>
      send(
        'PATCH',
        path,
        {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          ...headers,
        },
        bytes,
      ),
    remove: (path: string) => send('DELETE', path, {}),
    /** What HEAD says. */
    async offset(path: string): Promise<number> {
      return Number((await client.head(path)).headers.get('upload-offset') ?? Number.NaN);
    },
  };
  return client;
}
