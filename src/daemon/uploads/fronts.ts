import type { Layout } from '../layout.js';
import type { Store } from '../store/store.js';
import type { Upload } from '../store/uploads.js';
import { ByteBudget } from './byte-budget.js';
import { FrontHash } from './front-hash.js';
import { readPiece } from './upload-file.js';

/** For ranges of all uploads together that arrived ahead of their front: 16 chunks of 8 MiB. */
const heldBytes = 128 * 1024 * 1024;

export type Fronts = ReturnType<typeof createFronts>;

/** The running hash of each open upload; made again from the file after a restart. */
export function createFronts(store: Store, layout: Layout) {
  const budget = new ByteBudget(heldBytes);
  const fronts = new Map<string, FrontHash>();
  const create = ({ id, sizeBytes }: Upload) =>
    new FrontHash(
      {
        sizeBytes,
        covering: (byte) => store.uploads.ranges.overlapping(id, byte, byte + 1),
        read: (range) => readPiece(layout.upload(id), range),
      },
      budget,
    );
  return {
    of(upload: Upload): FrontHash {
      const present = fronts.get(upload.id);
      if (present !== undefined) return present;
      const made = create(upload);
      fronts.set(upload.id, made);
      return made;
    },
    /** The upload has ended. */
    drop(id: string): void {
      fronts.get(id)?.dispose();
      fronts.delete(id);
    },
  };
}
