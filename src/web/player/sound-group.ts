interface Sound {
  readonly groupId: string;
  /** As the playlist says; absent: two. */
  readonly channels?: string | undefined;
}

/** The group of sound with the most channels that this many speakers can play; undefined: no sound. */
export function groupFor(sounds: readonly Sound[], speakers: number): string | undefined {
  const channelsOf = (id: string) =>
    Math.max(...sounds.filter(({ groupId }) => groupId === id).map(channelsOfSound));
  const groups = [...new Set(sounds.map(({ groupId }) => groupId))];
  const fitting = groups.filter((id) => channelsOf(id) <= Math.max(2, speakers));
  return fitting.toSorted((a, b) => channelsOf(b) - channelsOf(a))[0] ?? groups[0];
}

/** How many speakers the sound card of this machine has. */
export function countSpeakers(): number {
  const context = new AudioContext();
  const { maxChannelCount } = context.destination;
  void context.close();
  return maxChannelCount;
}

function channelsOfSound({ channels = '2' }: Sound): number {
  return Number.parseInt(channels, 10);
}
