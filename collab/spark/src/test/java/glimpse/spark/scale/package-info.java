/** What a cluster of a given size would take: the simulation behind SCALE.md. */
package glimpse.spark.scale;
