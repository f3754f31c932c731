import type { VideoMetadata } from '../../shared/contract/index.js';
import { gotRequest, uploadBackoff } from '../api/got-request.js';
import { isLoopback } from '../daemon/address.js';
import { connect, type Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import type { UploadOptions } from './options.js';
import type { StreamUpload } from './send-stream.js';
import type { Upload } from './upload-files.js';

/** A probe takes milliseconds, but may have to wait for a place. */
const verdictSeconds = 15;

/** Everything that uploading through this daemon needs. Loads got: 80 ms, only paid here. */
export async function prepareUpload(
  options: UploadOptions,
  goal: Upload['goal'],
  metadata: VideoMetadata,
  connection: Connection,
  deps: Deps,
): Promise<Upload> {
  const { server } = connection;
  const request = await gotRequest(uploadBackoff);
  return {
    cwd: deps.cwd,
    clock: deps.clock,
    signal: deps.signal,
    api: connection.through(request, deps.signal),
    connect: async () => (await connect(deps)).api,
    serverUrl: server.url,
    sameMachine: options.via === 'auto' && isLoopback(server.url),
    link: options.link,
    replace: options.replace,
    subtitles: options.subtitles,
    metadata,
    stdin: options.name === undefined ? undefined : stdinUpload(options.name, connection, deps),
    goal,
    verdictSeconds,
  };
}

function stdinUpload(name: string, { server }: Connection, { stdin, signal }: Deps): StreamUpload {
  return { name, server, signal, source: stdin };
}
