package dev.sluice.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A heading and the panels under it, which fill lines of 24 columns from left to right.
 *
 * @param open whether its panels show before anybody clicks the heading
 */
record Row(String title, boolean open, List<Panel> panels) {
  private static final int COLUMNS = 24;

  Row {
    panels = List.copyOf(panels);
  }

  /** Where the next row may begin, and which number the next panel may have. */
  record Place(int y, int id) {}

  /** Adds the row and its panels to those of a dashboard. */
  Place write(ArrayNode dashboard, Place place) {
    ObjectNode heading =
        Json.object(
            "id",
            place.id(),
            "type",
            "row",
            "title",
            title,
            "collapsed",
            !open,
            "gridPos",
            Json.object("x", 0, "y", place.y(), "w", COLUMNS, "h", 1));
    dashboard.add(heading);
    ArrayNode inside = heading.putArray("panels");
    ArrayNode target = open ? dashboard : inside;
    int x = 0;
    int y = place.y() + 1;
    int lineHeight = 0;
    int id = place.id() + 1;
    for (Panel panel : panels) {
      if (x + panel.width() > COLUMNS) {
        x = 0;
        y += lineHeight;
        lineHeight = 0;
      }
      target.add(panel.json(id, x, y));
      id++;
      x += panel.width();
      lineHeight = Math.max(lineHeight, panel.height());
    }
    // what is folded away takes no room until it is opened
    return new Place(open ? y + lineHeight : place.y() + 1, id);
  }
}
