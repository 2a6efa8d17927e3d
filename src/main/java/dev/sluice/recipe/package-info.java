/**
 * One class a system of the papers, with its presets, bands and limits, and the registry of them.
 */
@NullMarked
package dev.sluice.recipe;

import org.jspecify.annotations.NullMarked;
