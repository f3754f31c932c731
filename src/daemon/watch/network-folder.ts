import { statfs } from 'node:fs/promises';

/**
 * statfs(2) magic numbers of file systems that other machines write to, or that are programs: NFS,
 * SMB, CIFS, SMB2, FUSE, 9P, Ceph, AFS, Coda, NCP.
 */
const networkTypes = [
  ...[0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546],
  ...[0x01021997, 0x00c36400, 0x5346414f, 0x73757245, 0x564c],
];

/** Whether the kernel may know less of a file than whoever writes it; only Linux says. */
export async function isNetworkFolder(path: string): Promise<boolean> {
  const { type } = await statfs(path);
  return networkTypes.includes(type >>> 0);
}
