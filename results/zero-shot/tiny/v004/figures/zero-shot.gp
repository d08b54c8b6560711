# In this folder, `gnuplot zero-shot.gp` draws zero-shot.svg from zero-shot.csv: 174 mm wide, letters of 7 points.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 1028,533 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'zero-shot.svg'
place(x) = x
set xrange [-0.174039:2.66031]
set xtics nomirror ('2' 2 0, '1' 1 0, '0' 0 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.0730
set rmargin at screen 0.2383
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-acceptability" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.12142:0.68342]
plot \
    'zero-shot.csv' every ::1 using ($1 == 0 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 0 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 0 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 8 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 8 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 8 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.3210
set rmargin at screen 0.4864
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-sentiment" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.18654:0.63654]
plot \
    'zero-shot.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 9 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 9 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 9 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.5691
set rmargin at screen 0.7344
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-ending" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.1395:0.3735]
plot \
    'zero-shot.csv' every ::1 using ($1 == 2 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 2 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 2 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 10 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 10 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 10 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.8171
set rmargin at screen 0.9825
set tmargin at screen 0.8893
set bmargin at screen 0.5704
set xlabel "" noenhanced offset 0,0.3
set title "storyworld-pronouns" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.11744:0.10144]
plot \
    'zero-shot.csv' every ::1 using ($1 == 3 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 3 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 3 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 11 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 11 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 11 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.0730
set rmargin at screen 0.2383
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "tokens (millions)" noenhanced offset 0,0.3
set title "storyworld-recall-1" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.14612:0.67012]
plot \
    'zero-shot.csv' every ::1 using ($1 == 4 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 4 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 4 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 12 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 12 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 12 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.3210
set rmargin at screen 0.4864
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "tokens (millions)" noenhanced offset 0,0.3
set title "storyworld-recall-2" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.15372:0.75372]
plot \
    'zero-shot.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 13 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 13 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 13 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.5691
set rmargin at screen 0.7344
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "tokens (millions)" noenhanced offset 0,0.3
set title "storyworld-pairs" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.112875:1.01288]
plot \
    'zero-shot.csv' every ::1 using ($1 == 6 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 6 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 6 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 14 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 14 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 14 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.8171
set rmargin at screen 0.9825
set tmargin at screen 0.4465
set bmargin at screen 0.1276
set xlabel "tokens (millions)" noenhanced offset 0,0.3
set title "all tasks" noenhanced offset 0,-0.5
set ylabel "normalised score" noenhanced offset 1,0
set yrange [-0.0709107:0.536411]
plot \
    'zero-shot.csv' every ::1 using ($1 == 7 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 7 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 7 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'zero-shot.csv' every ::1 using ($1 == 15 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'zero-shot.csv' every ::1 using ($1 == 15 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'zero-shot.csv' every ::1 using ($1 == 15 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set label '' at screen 0.3035,0.9728 point ls 1
set label "Transformer" at screen 0.3288,0.9728 left noenhanced
set label '' at screen 0.4533,0.9728 point ls 2
set label "LSTM" at screen 0.4786,0.9728 left noenhanced
set label "guessing" at screen 0.6284,0.9728 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.2860:0.3210] 0.9728 with lines ls 1, \
    [0.4358:0.4708] 0.9728 with lines ls 2, \
    [0.5856:0.6206] 0.9728 with lines lc rgb '#555555' lw 1.2 dt 3, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
