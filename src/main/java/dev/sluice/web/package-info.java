/** HTTP: metrics, health, the REST resources, the live stream and the page. */
@NullMarked
package dev.sluice.web;

import org.jspecify.annotations.NullMarked;
