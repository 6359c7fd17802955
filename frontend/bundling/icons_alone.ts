/**
 * Each icon from its own file instead of from the library's list of all 2,000: the build reads only those in use, and
 * sees which part of the front end needs which.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const IMPORT = /import \{([^}]*)\} from "lucide";/g;
const LISTED = /export \{([^}]*)\} from '\.\/icons\/([\w-]+)\.mjs';/g;

export function iconsAlone(): Plugin {
  let files: ReadonlyMap<string, string> = new Map();
  return {
    name: "icons-alone",
    apply: "build",
    enforce: "pre",
    configResolved({ root }) {
      const list = createRequire(`${root}/`).resolve("lucide/dist/esm/lucide.mjs");
      files = iconFiles(readFileSync(list, "utf8"));
    },
    transform: {
      filter: { id: /[\\/]src[\\/].*\.tsx?$/, code: IMPORT },
      handler: (code) => ({ code: importAlone(code, files), map: null }),
    },
  };
}

/** The library's list: in which file each icon is, by name. */
export function iconFiles(list: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [, names = "", file = ""] of list.matchAll(LISTED))
    for (const name of names.split(",")) files.set(name.replace(/^\s*default as |\s+$/g, ""), file);
  return files;
}

/** The code with one import an icon; types need none. */
export function importAlone(code: string, files: ReadonlyMap<string, string>): string {
  return code.replaceAll(IMPORT, (_, names: string) => {
    const wanted = names.split(",").map((name) => name.trim());
    return wanted
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => {
        const [icon = "", local = icon] = name.split(/\s+as\s+/);
        const file = files.get(icon);
        if (file === undefined) throw new Error(`lucide has no icon ${icon}`);
        return `import ${local} from "lucide/dist/esm/icons/${file}.mjs";`;
      })
      .join(" ");
  });
}
