import { join } from 'node:path';
import type { ServicePlan } from './service-plan.js';

export const launchdLabel = 'kdrama';

/** launchd makes it, and starts nothing where it cannot. */
export function launchdLog(home: string): string {
  return join(home, 'service.log');
}

/**
 * Pure: an agent of launchd (launchd.plist 5), started at login and again when it fails. What a
 * daemon says that cannot start lies in service.log of the home.
 */
export function launchdPlist({ program, home, searchPath }: ServicePlan): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- Written by "kdrama service install"; "kdrama service uninstall" removes it. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${launchdLabel}</string>
  <key>ProgramArguments</key>
  <array>
    <string>${escaped(program)}</string>
    <string>serve</string>
    <string>--quiet</string>
  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>KDRAMA_HOME</key>
    <string>${escaped(home)}</string>
    <key>PATH</key>
    <string>${escaped(searchPath.join(':'))}</string>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <key>ExitTimeOut</key>
  <integer>30</integer>
  <key>StandardErrorPath</key>
  <string>${escaped(launchdLog(home))}</string>
</dict>
</plist>
`;
}

/** Pure: the plan that such an agent was made of; undefined when it is none of ours. */
export function readLaunchdPlist(text: string): ServicePlan | undefined {
  const program = /<array>\s*<string>([^<]*)<\/string>/.exec(text)?.[1];
  const home = /<key>KDRAMA_HOME<\/key>\s*<string>([^<]*)</.exec(text)?.[1];
  const path = /<key>PATH<\/key>\s*<string>([^<]*)</.exec(text)?.[1];
  if (program === undefined || home === undefined || path === undefined) return undefined;
  return { program: plain(program), home: plain(home), searchPath: plain(path).split(':') };
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;' } as const;

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => entities[sign as keyof typeof entities]);
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
