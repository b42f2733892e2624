// Sums over all ways to cut pages into runs of lines, for model.py: the forward-backward passes of a semi-Markov model.

#include <math.h>
#include <stdlib.h>

static const double NOTHING = -1e300;

// The logarithm of a growing sum of exponentials.
struct sum { double most, rest; };
static void add(struct sum *sum, double value) {
    if (value <= sum->most) sum->rest += exp(value - sum->most);
    else { sum->rest = sum->rest * exp(sum->most - value) + 1; sum->most = value; }
}
static double value(const struct sum *sum) { return sum->rest > 0 ? sum->most + log(sum->rest) : NOTHING; }

// lines[k]..<lines[k + 1] are the lines of page k, runs[i]..<runs[i + 1] the runs that begin at line i, by their length. A line's
// mark is 1 where the page itself shows a boundary above it, and -1 where it shows that there is none. Fills in each page's
// logarithm of the sum of all cuts and each run's share of it.
void cuts(long pages, const long *lines, const long *runs, const double *boundary, const double *run, const int *mark,
          double *whole, double *share) {
    for (long page = 0; page < pages; page++) {
        long top = lines[page], count = lines[page + 1] - top;
        struct sum *forward = malloc((count + 1) * sizeof *forward);
        double *below = malloc((count + 1) * sizeof *below);
        long *reach = malloc(count * sizeof *reach);
        for (long i = 0; i <= count; i++) forward[i] = (struct sum){NOTHING, 0};
        forward[0] = (struct sum){0, 1};
        for (long i = 0; i < count; i++) {
            long most = runs[top + i + 1] - runs[top + i], length = 1;
            while (length < most && mark[top + i + length] != 1) length++;
            reach[i] = i > 0 && mark[top + i] == -1 ? 0 : length;
            double above = value(&forward[i]);
            if (above <= NOTHING / 2) continue;
            if (i > 0) above += boundary[top + i];
            for (long l = 0; l < reach[i]; l++) add(&forward[i + l + 1], above + run[runs[top + i] + l]);
        }
        whole[page] = value(&forward[count]);
        below[count] = 0;
        for (long i = count - 1; i >= 0; i--) {
            struct sum sum = {NOTHING, 0};
            for (long l = 0; l < reach[i]; l++) {
                double score = run[runs[top + i] + l] + below[i + l + 1];
                if (score > NOTHING / 2) add(&sum, score + (i > 0 ? boundary[top + i] : 0));
            }
            below[i] = value(&sum);
        }
        for (long i = 0; i < count; i++) {
            double above = value(&forward[i]) + (i > 0 ? boundary[top + i] : 0);
            for (long at = runs[top + i]; at < runs[top + i + 1]; at++) {
                long l = at - runs[top + i];
                share[at] = l < reach[i] && above > NOTHING / 2 ? exp(fmin(0, above + run[at] + below[i + l + 1] - whole[page])) : 0;
            }
        }
        free(forward); free(below); free(reach);
    }
}
