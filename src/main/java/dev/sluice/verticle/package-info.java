/** Thin verticles: take a message, call a plain object, send a message. */
@NullMarked
package dev.sluice.verticle;

import org.jspecify.annotations.NullMarked;
