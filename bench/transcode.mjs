import { measureJob } from './job.mjs';
import { median } from './median.mjs';
import { bestCommands, peerTubeCommands } from './rivals.mjs';
import { timedRun } from './timed-run.mjs';

/**
 * A whole job of a copyable episode against what others would run for it.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureTranscode({ copyable, short, directory, ffmpeg, rounds }) {
  const clip = copyable();
  const ours = [];
  const best = [];
  const peerTube = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measureJob(clip.path, short()));
    best.push(await timedRuns(ffmpeg, bestCommands(clip.path, directory)));
    peerTube.push(await timedRuns(ffmpeg, peerTubeCommands(clip.path, directory)));
  }
  const cpu = median(ours.map((cost) => cost.cpu));
  const wall = median(ours.map((cost) => cost.wall));
  const bestCpu = median(best.map((cost) => cost.cpu));
  const bestWall = median(best.map((cost) => cost.wall));
  const peerTubeCpu = median(peerTube.map((cost) => cost.cpu));
  return [
    {
      what: `CPU of a whole job / best ffmpeg commands for the same files: ${clip.name}`,
      detail: `${cpu.toFixed(1)} s / ${bestCpu.toFixed(1)} s`,
      value: cpu / bestCpu,
      atMost: 1.08,
    },
    {
      what: 'wall time of the same',
      detail: `${wall.toFixed(1)} s / ${bestWall.toFixed(1)} s`,
      value: wall / bestWall,
      atMost: 1.1,
    },
    {
      what: "CPU of a whole job / one ffmpeg per rendition, PeerTube's arguments",
      detail: `${cpu.toFixed(1)} s / ${peerTubeCpu.toFixed(1)} s`,
      value: cpu / peerTubeCpu,
      atMost: 0.35,
    },
    playable(clip, ours, 1),
  ];
}

/**
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureForeignSource({ foreign, short, rounds }) {
  const clip = foreign();
  const costs = [];
  for (let round = 0; round < rounds; round++) costs.push(await measureJob(clip.path, short()));
  return [playable(clip, costs, 3)];
}

/**
 * @param {import('./clips.mjs').Clip} clip
 * @param {readonly import('./job.mjs').JobCost[]} costs
 * @param {number} atMost
 */
function playable(clip, costs, atMost) {
  const value = median(costs.map((cost) => cost.playable));
  return { what: `last byte → playable: ${clip.name}`, detail: 'seconds', value, atMost };
}

/**
 * @param {string} command
 * @param {readonly string[][]} calls one after the other
 */
async function timedRuns(command, calls) {
  const sum = { cpu: 0, wall: 0 };
  for (const args of calls) {
    const { cpu, wall } = await timedRun(command, args);
    sum.cpu += cpu;
    sum.wall += wall;
  }
  return sum;
}
