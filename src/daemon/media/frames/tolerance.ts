/** Time stamps of one frame differ by at most this between containers and clocks: 2 ms. */
export const toleranceTicks = 180;
