import type { Overview } from "../ui/board/board_model";
import type { OpenBoard } from "./board_parts";
import { me } from "./identity";
import { frontsOf } from "./people";

/** The whole board at a glance: its coarse picture, and where the others look. */
export function overviewOf({ stage, sync }: OpenBoard): Overview {
  return {
    picture() {
      const picture = stage.overviewPicture;
      return picture && { image: picture.canvas, box: picture.box };
    },
    views() {
      const others = [...frontsOf(sync.peers.values()).values()];
      return others.flatMap(({ person, color, viewport }) => {
        if (viewport === null || person === me.value.person) return [];
        const [x, y, width, height] = viewport;
        return [{ color, box: { minX: x, minY: y, maxX: x + width, maxY: y + height } }];
      });
    },
    onViews: (listener) => sync.onPeers(listener),
  };
}
