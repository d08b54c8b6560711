# In this folder, `gnuplot convergence.gp` draws convergence.svg from convergence.csv: 84 mm wide, letters of 7 points.
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
set terminal svg size 496,318 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'convergence.svg'
place(x) = x
set xrange [-26.015:503.515]
set xtics nomirror ('400' 400 0, '200' 200 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.1512
set rmargin at screen 0.4738
set tmargin at screen 0.7484
set bmargin at screen 0.2138
place(x) = x
set xrange [-11.035:502.535]
set xtics nomirror ('400' 400 0, '200' 200 0)
set xlabel "update" noenhanced offset 0,0.3
set title "sst2" noenhanced offset 0,-0.5
set ylabel "loss (nats an example)" noenhanced offset 1,0
set yrange [0.174631:0.769241]
plot \
    'convergence.csv' every ::1 using ($1 == 0 ? place($2) + 0 : NaN):3 with lines ls 1 lw 1 dt 1, \
    'convergence.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'convergence.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'convergence.csv' every ::1 using ($1 == 2 ? place($2) + 0 : NaN):3 with lines ls 2 lw 1 dt 1, \
    'convergence.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'convergence.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2
set lmargin at screen 0.6452
set rmargin at screen 0.9677
set tmargin at screen 0.7484
set bmargin at screen 0.2138
place(x) = x
set xrange [-2.915:150.415]
set xtics nomirror ('100' 100 0, '50' 50 0)
set xlabel "update" noenhanced offset 0,0.3
set title "story-cloze" noenhanced offset 0,-0.5
set ylabel "loss (nats an example)" noenhanced offset 1,0
set yrange [0.376715:0.723685]
plot \
    'convergence.csv' every ::1 using ($1 == 4 ? place($2) + 0 : NaN):3 with lines ls 1 lw 1 dt 1, \
    'convergence.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'convergence.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'convergence.csv' every ::1 using ($1 == 6 ? place($2) + 0 : NaN):3 with lines ls 2 lw 1 dt 1, \
    'convergence.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'convergence.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2
set label '' at screen 0.0544,0.9544 point ls 1
set label "with aux LM" at screen 0.1069,0.9544 left noenhanced
set label '' at screen 0.5585,0.9544 point ls 2
set label "no aux LM" at screen 0.6109,0.9544 left noenhanced
set label "on the training batches" at screen 0.1069,0.8884 left noenhanced
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
    [0.0181:0.0907] 0.9544 with lines ls 1, \
    [0.5222:0.5948] 0.9544 with lines ls 2, \
    [0.0181:0.0907] 0.8884 with lines ls 1 lw 1 dt 1, \
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
