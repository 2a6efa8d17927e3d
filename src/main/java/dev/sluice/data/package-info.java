/** Sources of anchors: where samples come from before they are augmented. */
@NullMarked
package dev.sluice.data;

import org.jspecify.annotations.NullMarked;
