# In this folder, `gnuplot convergence.gp` draws convergence.svg from convergence.csv.
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
set terminal svg size 585,328 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'convergence.svg'
place(x) = x
set xrange [-16.035:269.535]
set xtics nomirror ('200' 200 0, '100' 100 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.1453
set rmargin at screen 0.4872
set tmargin at screen 0.7561
set bmargin at screen 0.2073
set xlabel "update" noenhanced offset 0,0.3
set title "storyworld-acceptability" noenhanced offset 0,-0.5
set ylabel "loss (nats an example)" noenhanced offset 1,0
set yrange [0.329796:0.809728]
plot \
    'convergence.csv' every ::1 using ($1 == 0 ? place($2) + 0 : NaN):3 with lines ls 1 lw 1 dt 3, \
    'convergence.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'convergence.csv' every ::1 using ($1 == 1 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'convergence.csv' every ::1 using ($1 == 2 ? place($2) + 0 : NaN):3 with lines ls 2 lw 1 dt 3, \
    'convergence.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'convergence.csv' every ::1 using ($1 == 3 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2
set lmargin at screen 0.6239
set rmargin at screen 0.9658
set tmargin at screen 0.7561
set bmargin at screen 0.2073
set xlabel "update" noenhanced offset 0,0.3
set title "storyworld-sentiment" noenhanced offset 0,-0.5
set ylabel "loss (nats an example)" noenhanced offset 1,0
set yrange [-0.0458466:0.894112]
plot \
    'convergence.csv' every ::1 using ($1 == 4 ? place($2) + 0 : NaN):3 with lines ls 1 lw 1 dt 3, \
    'convergence.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'convergence.csv' every ::1 using ($1 == 5 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'convergence.csv' every ::1 using ($1 == 6 ? place($2) + 0 : NaN):3 with lines ls 2 lw 1 dt 3, \
    'convergence.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'convergence.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'convergence.csv' every ::1 using ($1 == 7 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2
set label '' at screen 0.1222,0.9558 point ls 1
set label "with aux LM" at screen 0.1667,0.9558 left noenhanced
set label '' at screen 0.5496,0.9558 point ls 2
set label "no aux LM" at screen 0.5940,0.9558 left noenhanced
set label "on the training batches" at screen 0.1667,0.8918 left noenhanced
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
    [0.0915:0.1530] 0.9558 with lines ls 1, \
    [0.5188:0.5803] 0.9558 with lines ls 2, \
    [0.0915:0.1530] 0.8918 with lines ls 1 lw 1 dt 3, \
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
