import type { RenditionTraits } from '../../shared/renditions.js';
import type { Connection } from './open.js';

export interface Rendition<Traits extends RenditionTraits = RenditionTraits> {
  readonly id: string;
  readonly planId: string;
  readonly name: string;
  readonly version: number;
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
  readonly position: number;
  readonly traits: Traits;
  /** How many segments there will be; a subtitle rendition is one file: 1. */
  readonly segmentCount: number;
  /** Bytes of the init segment; null until it is published. */
  readonly initBytes: number | null;
}

export interface RenditionRow {
  id: string;
  plan_id: string;
  name: string;
  version: number;
  method: 'copied' | 'encoded';
  reason: string;
  position: number;
  traits: string;
  segments: number;
  init_bytes: number | null;
}

export type RenditionStore = ReturnType<typeof renditionStore>;

export function renditionStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO renditions
       (id, plan_id, kind, name, version, method, reason, position, traits, segments)
     VALUES (@id, @planId, @kind, @name, @version, @method, @reason, @position, @traits,
       @segmentCount)`,
  );
  const byPlan = connection.prepare<[string], RenditionRow>(
    `SELECT * FROM renditions WHERE plan_id = ? ORDER BY position, version`,
  );
  const ladder = connection
    .prepare<[string], string>(
      `SELECT name FROM renditions WHERE plan_id = ? AND kind = 'video'
       GROUP BY name ORDER BY max(json_extract(traits, '$.height')) DESC, min(position)`,
    )
    .pluck();
  const byId = connection.prepare<[string], RenditionRow>(`SELECT * FROM renditions WHERE id = ?`);
  const remove = connection.prepare(`DELETE FROM renditions WHERE id = ?`);
  const addToReason = connection.prepare(
    `UPDATE renditions SET reason = reason || @words
     WHERE id = (SELECT id FROM renditions WHERE plan_id = @planId ORDER BY position LIMIT 1)`,
  );
  const clearInit = connection.prepare(`UPDATE renditions SET init_bytes = NULL WHERE id = ?`);
  const setInit = connection.prepare(
    `UPDATE renditions SET init_bytes = ? WHERE id = ? AND init_bytes IS NULL`,
  );
  return {
    insert(rendition: Rendition): void {
      insert.run({
        ...rendition,
        kind: rendition.traits.kind,
        traits: JSON.stringify(rendition.traits),
      });
    },
    /** All renditions of a plan, in the order of menus and playlists. */
    ofPlan: (planId: string): Rendition[] => byPlan.all(planId).map(fromRow),
    /** Names of the pictures of a plan, the highest first. */
    ladderOf: (planId: string): string[] => ladder.all(planId),
    find(id: string): Rendition | undefined {
      const row = byId.get(id);
      return row && fromRow(row);
    },
    /** The init segment is on the disk. The first one stays: later ones are the same. */
    initPublished: (id: string, bytes: number): boolean => setInit.run(bytes, id).changes === 1,
    /** With the rows of its segments. */
    remove: (id: string): void => {
      remove.run(id);
    },
    /** To what the first of a plan says: of what is not there no row is left. */
    addToReason: (planId: string, words: string): void => {
      addToReason.run({ planId, words });
    },
    initLost: (id: string): void => {
      clearInit.run(id);
    },
  };
}

export function fromRow(row: RenditionRow): Rendition {
  return {
    id: row.id,
    planId: row.plan_id,
    name: row.name,
    version: row.version,
    method: row.method,
    reason: row.reason,
    position: row.position,
    traits: JSON.parse(row.traits) as RenditionTraits,
    segmentCount: row.segments,
    initBytes: row.init_bytes,
  };
}
