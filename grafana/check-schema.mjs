#!/usr/bin/env node
// Holds the dashboards against the types that Grafana publishes for its panels: options, field settings, panels.
//
//   node grafana/check-schema.mjs
//
// Fetches @grafana/schema and TypeScript from the npm registry into target/, so it is no part of ./verify.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCHEMA = '13.2.3';
const TYPESCRIPT = '5.9.2';
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WORK = join(ROOT, 'target', 'grafana-schema');
const PANELS = { 'state-timeline': 'statetimeline' };
const WITHOUT_OWN_FIELDS = ['stat', 'text'];
// an alert list's types are not published
const UNKNOWN = ['alertlist'];

function typesOf(type) {
  const folder = PANELS[type] ?? type;
  return `./node_modules/@grafana/schema/dist/types/raw/composable/${folder}/panelcfg/x/types.gen`;
}

const lines = [
  "import * as base from '@grafana/schema';",
  // every part may be left out, and an enumeration is written as its text
  'type Loose<T> = T extends string ? `${T}` : T extends number ? number : T extends boolean ? boolean',
  '  : T extends (infer U)[] ? Loose<U>[] : T extends object ? { [K in keyof T]?: Loose<T[K]> } : T;',
];
const places = new Map();
const imported = new Map();
let number = 0;

function assign(place, type, value) {
  lines.push(`const v${number++}: Loose<${type}> = ${JSON.stringify(value)};`);
  places.set(lines.length, place);
}

function modules(type) {
  if (!imported.has(type)) {
    imported.set(type, `p${imported.size}`);
    lines.unshift(`import * as ${imported.get(type)} from '${typesOf(type)}';`);
    for (const [line, place] of [...places].reverse()) {
      places.delete(line);
      places.set(line + 1, place);
    }
  }
  return imported.get(type);
}

const folder = join(ROOT, 'grafana', 'dashboards');
for (const file of readdirSync(folder).filter(name => name.endsWith('.json')).sort()) {
  const dashboard = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  for (const panel of dashboard.panels.flatMap(each => (each.type === 'row' ? (each.panels ?? []) : [each]))) {
    const place = `${file}, panel "${panel.title}"`;
    const { options, fieldConfig, targets, ...rest } = panel;
    const { custom, ...defaults } = fieldConfig?.defaults ?? {};
    const own = UNKNOWN.includes(panel.type) ? null : modules(panel.type);
    assign(place, 'base.Panel', rest);
    assign(place, 'base.FieldConfig', defaults);
    if (own) assign(place, `${own}.Options`, options ?? {});
    if (own && !WITHOUT_OWN_FIELDS.includes(panel.type)) assign(place, `${own}.FieldConfig`, custom ?? {});
  }
}

mkdirSync(WORK, { recursive: true });
writeFileSync(join(WORK, 'package.json'), JSON.stringify({ private: true }));
execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund',
  `@grafana/schema@${SCHEMA}`, `typescript@${TYPESCRIPT}`], { cwd: WORK, stdio: ['ignore', 'ignore', 'inherit'] });
writeFileSync(join(WORK, 'check.ts'), lines.join('\n'));
try {
  execFileSync('node_modules/.bin/tsc', ['--noEmit', '--skipLibCheck', '--moduleResolution', 'bundler',
    '--module', 'esnext', '--target', 'es2020', 'check.ts'], { cwd: WORK, encoding: 'utf8' });
} catch (failed) {
  for (const line of failed.stdout.split('\n').filter(Boolean)) {
    const at = /^check\.ts\((\d+),\d+\): (.*)/.exec(line);
    console.error(at ? `${places.get(Number(at[1])) ?? 'the types'}: ${at[2]}` : line);
  }
  process.exit(1);
}
console.log(`${number} parts of the dashboards fit the types of @grafana/schema ${SCHEMA}`);
