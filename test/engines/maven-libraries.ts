/** Gets an engine's jars with Maven into the cache of the working copy, once. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface MavenArtifact {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

const CACHE = new URL('../../node_modules/.cache', import.meta.url).pathname;

/** Folder with the artifact and all that it depends on, native libraries too. Rejects with what Maven says. */
export async function mavenLibraries(artifact: MavenArtifact): Promise<string> {
  const folder = join(CACHE, artifact.artifactId.toLowerCase(), artifact.version);
  if (existsSync(folder)) return folder;
  const filling = `${folder}.${process.pid}`;
  await mkdir(filling, { recursive: true });
  const pom = join(filling, 'pom.xml');
  await writeFile(pom, pomOf(artifact));
  try {
    const goal = 'dependency:copy-dependencies';
    await promisify(execFile)('mvn', ['-q', '-B', '-f', pom, goal, `-DoutputDirectory=${filling}`]);
    await rename(filling, folder);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    throw new Error(error instanceof Error ? error.message.slice(0, 500) : String(error), { cause: error });
  }
  return folder;
}

function pomOf({ groupId, artifactId, version }: MavenArtifact): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>trailgate.test</groupId>
  <artifactId>engine</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>${groupId}</groupId>
      <artifactId>${artifactId}</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
}
