# How many names ggrepel places, how many of these lie on another, and in what time: Rscript benches/ggrepel.R names.csv width height
#
# The same names in the same size on the same page, each at the widest part of its place. Names of which more than ten
# others are in the way are left out (max.overlaps, the default).
suppressPackageStartupMessages({ library(ggplot2); library(ggrepel); library(grid) })
args <- commandArgs(TRUE)
names <- read.csv(args[1])
width <- as.numeric(args[2])
height <- as.numeric(args[3])
plot <- ggplot(names, aes(x, -y, label = name)) +
  geom_text_repel(size = names$em[1] / .pt, seed = 1, min.segment.length = 0, box.padding = 0.1, point.size = NA) +
  scale_x_continuous(limits = c(0, width), expand = c(0, 0)) +
  scale_y_continuous(limits = c(-height, 0), expand = c(0, 0)) +
  theme_void()
pdf(NULL, width = width / 72, height = height / 72)
time <- system.time({ suppressWarnings(print(plot)); grid.force() })[["elapsed"]]
texts <- grid.get("textrepelgrob", grep = TRUE, global = TRUE)
views <- grid.ls(viewports = TRUE, grobs = FALSE, print = FALSE)$name
seekViewport(grep("^panel", views, value = TRUE)[1])
boxes <- t(sapply(texts, function(one) {
  x <- convertX(one$x, "inches", TRUE) * 72
  y <- convertY(one$y, "inches", TRUE) * 72
  wide <- strwidth(one$label, "inches") * 72 * names$em[1] / par("ps")
  tall <- names$em[1] * 0.7
  left <- x - one$hjust * wide
  low <- y - one$vjust * tall
  c(left, low, left + wide, low + tall)
}))
meets <- function(a, b) a[1] < b[3] && b[1] < a[3] && a[2] < b[4] && b[2] < a[4]
count <- nrow(boxes)
covered <- sum(sapply(seq_len(count), function(i) any(sapply(setdiff(seq_len(count), i), function(k) meets(boxes[i, ], boxes[k, ])))))
cat(count, covered, round(time * 1000), "\n")
