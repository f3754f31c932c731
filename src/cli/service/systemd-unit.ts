import type { ServicePlan } from './service-plan.js';

/**
 * Pure: a unit for `systemctl --user` (systemd.service 5). A stop reaches the daemon alone, which
 * gives its work back; a configuration that is not valid (exit code 2) is not tried again. systemd
 * takes any path as an argument, but not as the program itself.
 */
export function systemdUnit({ program, home, searchPath }: ServicePlan): string {
  return `# Written by "kdrama service install"; "kdrama service uninstall" removes it.
[Unit]
Description=kdrama, a private streaming service for TV episodes
Documentation=man:kdrama(1)
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
Type=exec
ExecStart=/usr/bin/env node ${quoted(program).replaceAll('$', '$$$$')} serve --quiet
Environment=${quoted(`KDRAMA_HOME=${home}`)}
Environment=${quoted(`PATH=${searchPath.join(':')}`)}
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
SyslogIdentifier=kdrama
KillMode=mixed
TimeoutStopSec=30

[Install]
WantedBy=default.target
`;
}

/**
 * Pure: the plan that such a unit was made of; undefined when it is none of ours. A line ends with LF
 * alone: names may hold the other characters that JavaScript takes for an end.
 */
export function readSystemdUnit(text: string): ServicePlan | undefined {
  const program = /\nExecStart=\/usr\/bin\/env node "((?:\\[^]|[^"\\])*)"/.exec(text)?.[1];
  const home = /\nEnvironment="KDRAMA_HOME=([^\n]*)"\n/.exec(text)?.[1];
  const path = /\nEnvironment="PATH=([^\n]*)"\n/.exec(text)?.[1];
  if (program === undefined || home === undefined || path === undefined) return undefined;
  return {
    program: unquoted(program).replaceAll('$$', '$'),
    home: unquoted(home),
    searchPath: unquoted(path).split(':'),
  };
}

/** systemd.syntax(7): C escapes within quotes; a percent sign begins a specifier. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('%', '%%')}"`;
}

function unquoted(text: string): string {
  return text
    .replaceAll('%%', '%')
    .replaceAll(/\\([^])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}
