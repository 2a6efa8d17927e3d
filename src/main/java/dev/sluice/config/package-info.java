/** Typed settings from defaults, preset, file, environment and flags. */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
