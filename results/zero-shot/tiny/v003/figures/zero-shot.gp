# In this folder, `gnuplot zero-shot.gp` draws zero-shot.svg from zero-shot.csv.
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
set terminal svg size 505,544 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'zero-shot.svg'
place(x) = x > 0 ? log10(x) : -0.98351
set xrange [-1.08004:0.492082]
set xtics nomirror ('2' 0.30103 0, '1' 0 0, '0.5' -0.30103 0, '0' -0.98351 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.1683
set rmargin at screen 0.9604
set tmargin at screen 0.5846
set bmargin at screen 0.1250
set xlabel "tokens of pre-training (millions)" noenhanced offset 0,0.3
set title "" noenhanced offset 0,-0.5
set ylabel "score (0: guessing, 1: the best model)" noenhanced offset 1,0
set yrange [-0.12496:0.70496]
plot \
    'zero-shot.csv' every ::1 using ($1 == 0 ? place($2) + 0 : NaN):3 with lines ls 1 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 0 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 1 ? place($2) + 0 : NaN):3 with lines ls 2 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 1 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 2 ? place($2) + 0 : NaN):3 with lines ls 3 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 2 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 3 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):3 with lines ls 4 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 4 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 4 ? place($2) + 0 : NaN):3 with lines ls 5 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 4 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 5 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 5 ? place($2) + 0 : NaN):3 with lines ls 6 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 5 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 6 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 6 ? place($2) + 0 : NaN):3 with lines ls 7 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 6 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 7 dt 1, \
    'zero-shot.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):3 with lines ls 1 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 8 ? place($2) + 0 : NaN):3 with lines ls 2 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 8 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 9 ? place($2) + 0 : NaN):3 with lines ls 3 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 9 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 3 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 10 ? place($2) + 0 : NaN):3 with lines ls 4 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 10 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 4 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 11 ? place($2) + 0 : NaN):3 with lines ls 5 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 11 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 5 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 12 ? place($2) + 0 : NaN):3 with lines ls 6 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 12 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 6 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 13 ? place($2) + 0 : NaN):3 with lines ls 7 dt 2, \
    'zero-shot.csv' every ::1 using ($1 == 13 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 7 dt 2, \
    0 with lines lc rgb '#555555' lw 1.2 dt 3
set label '' at screen 0.3020,0.9733 point ls 1
set label "storyworld-acceptability" at screen 0.3535,0.9733 left noenhanced
set label '' at screen 0.3020,0.9347 point ls 2
set label "storyworld-sentiment" at screen 0.3535,0.9347 left noenhanced
set label '' at screen 0.3020,0.8961 point ls 3
set label "storyworld-ending" at screen 0.3535,0.8961 left noenhanced
set label '' at screen 0.3020,0.8575 point ls 4
set label "storyworld-pronouns" at screen 0.3535,0.8575 left noenhanced
set label '' at screen 0.3020,0.8189 point ls 5
set label "storyworld-recall-1" at screen 0.3535,0.8189 left noenhanced
set label '' at screen 0.3020,0.7803 point ls 6
set label "storyworld-recall-2" at screen 0.3535,0.7803 left noenhanced
set label '' at screen 0.3020,0.7417 point ls 7
set label "all tasks" at screen 0.3535,0.7417 left noenhanced
set label "Transformer" at screen 0.3535,0.7031 left noenhanced
set label "LSTM" at screen 0.3535,0.6645 left noenhanced
set label "guessing" at screen 0.3535,0.6259 left noenhanced
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
    [0.2663:0.3376] 0.9733 with lines ls 1 dt 1, \
    [0.2663:0.3376] 0.9347 with lines ls 2 dt 1, \
    [0.2663:0.3376] 0.8961 with lines ls 3 dt 1, \
    [0.2663:0.3376] 0.8575 with lines ls 4 dt 1, \
    [0.2663:0.3376] 0.8189 with lines ls 5 dt 1, \
    [0.2663:0.3376] 0.7803 with lines ls 6 dt 1, \
    [0.2663:0.3376] 0.7417 with lines ls 7 dt 1, \
    [0.2663:0.3376] 0.7031 with lines lc rgb '#000000' lw 1.8 dt 1, \
    [0.2663:0.3376] 0.6645 with lines lc rgb '#000000' lw 1.8 dt 2, \
    [0.2663:0.3376] 0.6259 with lines lc rgb '#555555' lw 1.2 dt 3, \
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
