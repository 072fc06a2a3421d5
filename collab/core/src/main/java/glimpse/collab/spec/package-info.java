/** The syntax of choices in options: a name and arguments, and grids of numbers that stand for several choices. */
package glimpse.collab.spec;
